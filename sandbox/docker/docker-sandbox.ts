import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import type { CompileCache } from '../compile-cache/compile-cache.ts'
import type { CasesListener, CasesRequest, Limits, RunListener, RunRequest, Sandbox, SandboxFault } from '../sandbox.ts'
import { type ClaimedCompilation, claimCompilation } from './claim-compilation.ts'
import { type CleanContainers, createCleanContainers } from './clean-containers.ts'
import { createContainerFleet } from './container-fleet.ts'
import type { ContainerOwner, ContainerShape } from './container-options.ts'
import type { DockerFault } from './docker-fault.ts'
import { createLanguageStock, type LanguageImage } from './language-stock.ts'
import { createOlderImages } from './older-images.ts'
import { createPatience } from './patience.ts'
import { firstShape, shapeForCases, shapeForFound } from './program.ts'
import { runCases } from './run-cases.ts'
import { runOnce } from './run-once.ts'
import { sandboxFault } from './sandbox-fault.ts'
import type { SandboxLog } from './sandbox-log.ts'
import { createSlots } from './slots.ts'
import type { StartedContainer } from './start-container.ts'

export type DockerSandboxOptions = Readonly<{
  docker: Dockerode
  images: Readonly<{ find: (language: string) => LanguageImage | null }>
  owner: ContainerOwner
  /** Programs at a time; the bounds of everything else follow from it. */
  concurrency: number
  /** Kept warm from the start, most wanted first; later those used last. */
  languages: ReadonlyArray<string>
  /** Limits of a run that names none, before the language's factors: what warm containers are made for. */
  usual: Readonly<{ limits: Limits; compileLimits: Limits }>
  /** CPUs one program may use. */
  cpus: number
  /** Which tenants' runs may follow one another in one container, and how many; null: every run has its own. */
  reuse: Readonly<{ serves: (tenant: string) => boolean; runsPerContainer: number }> | null
  /** Of what was compiled; null: everything is compiled each time. */
  cache: CompileCache | null
  /** An OCI runtime known to the daemon; null for its default. */
  runtime: string | null
  log: SandboxLog
}>

type Stage<Listener> = Readonly<{ listener: Listener; signal: AbortSignal }>
type Placed = Pick<RunRequest, 'language' | 'image' | 'tenant'>
type Wanted = Readonly<{ image: LanguageImage; request: Placed; shape: ContainerShape; signal: AbortSignal }>

const acquireTimeoutMs = 30_000

const unavailable = ({ message }: DockerFault): SandboxFault => sandboxFault('unavailable', message)

/**
 * Runs programs in containers of a Docker daemon, each in one that was started ahead and serves it alone. It is destroyed
 * afterwards, unless it may serve another run of the same tenant and has proved that nothing is left of this one.
 */
export const createDockerSandbox = (options: DockerSandboxOptions): Sandbox => {
  const { images, concurrency } = options
  const closing = new AbortController()
  const slots = createSlots(concurrency)
  const places = { places: 4 * concurrency, depth: Math.max(2, concurrency) }
  const stock = createLanguageStock({ ...options, ...places, find: images.find })
  const older = createOlderImages(options.docker)
  const fleet = createContainerFleet({
    ...options,
    wanted: stock.wanted,
    runsPerContainer: options.reuse?.runsPerContainer ?? 1,
  })

  const currentImage: Sandbox['image'] = language => {
    const image = images.find(language)
    return image === null ? null : { version: image.version, digest: image.digest }
  }

  const calledOff = (): E.Either<SandboxFault, never> =>
    E.left(
      closing.signal.aborted
        ? sandboxFault('unavailable', 'the sandbox is closed')
        : sandboxFault('aborted', 'the run was called off'),
    )

  const sharingTenant = ({ tenant }: Placed): string | null =>
    tenant !== undefined && options.reuse?.serves(tenant) === true ? tenant : null

  const take = async ({ image, request, shape, signal }: Wanted): Promise<E.Either<SandboxFault, StartedContainer>> => {
    const isCurrent = image.digest === images.find(request.language)?.digest
    if (isCurrent) stock.used(image.definition.name, shape)
    const patience = createPatience(signal, acquireTimeoutMs)
    const taken = await fleet.take(stock.plan(image, shape), sharingTenant(request), patience.signal)
    patience.end()
    if (signal.aborted && E.isRight(taken)) fleet.retire(taken.right)
    if (signal.aborted) return calledOff()
    return E.mapLeft(isCurrent || patience.signal.aborted ? unavailable : older.failed(image.digest))(taken)
  }

  /** For the programs of one request, one at a time. */
  const containersFor = (wanted: Wanted): CleanContainers => {
    const tenant = sharingTenant(wanted.request)
    return createCleanContainers({
      take: () => take(wanted),
      keep: container => (tenant === null ? fleet.retire(container) : fleet.keep(container, tenant)),
      retire: fleet.retire,
    })
  }

  /** Does the work of a request when its turn has come. */
  const inTurn = async <A>(
    request: Placed,
    signal: AbortSignal,
    work: (image: LanguageImage) => Promise<E.Either<SandboxFault, A>>,
  ): Promise<E.Either<SandboxFault, A>> => {
    const current = images.find(request.language)
    const image = current === null ? null : { ...current, digest: request.image ?? current.digest }
    const problem = image === null ? `${request.language} is not ready` : fleet.problem()
    if (image === null || problem !== null) return E.left(sandboxFault('unavailable', problem ?? ''))
    if (!(await slots.acquire(signal))) return calledOff()
    return work(image).finally(slots.release)
  }

  const whileOpen = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal])

  /** Whatever becomes of the work, nobody waits for its compilation any longer. */
  const claiming = async <A>(
    { definition, digest }: LanguageImage,
    { request, signal }: Readonly<{ request: RunRequest | CasesRequest; signal: AbortSignal }>,
    work: (claim: ClaimedCompilation) => Promise<A>,
  ): Promise<A> => {
    const claim = await claimCompilation({ cache: options.cache, digest, definition, request, signal })
    return work(claim).finally(claim.done)
  }

  const run = (request: RunRequest, stage: Stage<RunListener>) =>
    inTurn(request, stage.signal, image =>
      claiming(image, { request, signal: stage.signal }, async claim => {
        const { definition } = image
        const shape = claim.found === null ? firstShape(definition, request) : shapeForFound(definition, request)
        const containers = containersFor({ image, request, shape, signal: stage.signal })
        const isKept = sharingTenant(request) !== null
        return runOnce({ containers, definition, request, stage, claim, isKept }).finally(containers.end)
      }),
    )

  const runAll = (request: CasesRequest, stage: Stage<CasesListener>) =>
    inTurn(request, stage.signal, image =>
      claiming(image, { request, signal: stage.signal }, async claim => {
        const { definition } = image
        const shape = shapeForCases(definition, request)
        const containers = containersFor({ image, request, shape, signal: stage.signal })
        return runCases({ containers, definition, request, stage, claim }).finally(containers.end)
      }),
    )

  return {
    image: currentImage,
    preferredImage: async (language, digest) => {
      const current = currentImage(language)
      if (current === null || current.digest === digest) return current
      return (await older.find(language, digest)) ?? current
    },
    run: (request, listener, signal) => () => run(request, { listener, signal: whileOpen(signal) }),
    runCases: (request, listener, signal) => () => runAll(request, { listener, signal: whileOpen(signal) }),
    health: fleet.health,
    close: async () => {
      closing.abort()
      await fleet.close()
      options.cache?.clear()
    },
  }
}
