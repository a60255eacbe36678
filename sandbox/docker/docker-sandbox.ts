import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import type { Limits, RunListener, RunReport, RunRequest, Sandbox, SandboxFault } from '../sandbox.ts'
import { createContainerFleet } from './container-fleet.ts'
import type { ContainerOwner } from './container-options.ts'
import type { DockerFault } from './docker-fault.ts'
import { createLanguageStock, type LanguageImage } from './language-stock.ts'
import { leavesNoDoubt } from './leaves-no-doubt.ts'
import { createOlderImages } from './older-images.ts'
import { firstShape } from './program.ts'
import { runProgram } from './run-program.ts'
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
  /** An OCI runtime known to the daemon; null for its default. */
  runtime: string | null
  log: SandboxLog
}>

type Stage = Readonly<{ listener: RunListener; signal: AbortSignal }>
type Result = E.Either<SandboxFault, RunReport>

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

  const calledOff = (): Result =>
    E.left(
      closing.signal.aborted
        ? sandboxFault('unavailable', 'the sandbox is closed')
        : sandboxFault('aborted', 'the run was called off'),
    )

  const sharingTenant = ({ tenant }: RunRequest): string | null =>
    tenant !== undefined && options.reuse?.serves(tenant) === true ? tenant : null

  const runIn = async (
    container: StartedContainer,
    { definition }: LanguageImage,
    request: RunRequest,
    stage: Stage,
  ) => {
    const tenant = sharingTenant(request)
    let keptFor: string | null = null
    try {
      const result = await runProgram(container, definition, request, stage)
      if (E.isRight(result) && leavesNoDoubt(result.right)) keptFor = tenant
      return result
    } finally {
      if (keptFor === null) fleet.retire(container)
      else fleet.keep(container, keptFor)
    }
  }

  const runOn = async (image: LanguageImage, request: RunRequest, stage: Stage): Promise<Result> => {
    const shape = firstShape(image.definition, request)
    const isCurrent = image.digest === images.find(request.language)?.digest
    if (isCurrent) stock.used(image.definition.name, shape)
    const patience = AbortSignal.any([stage.signal, AbortSignal.timeout(acquireTimeoutMs)])
    const taken = await fleet.take(stock.plan(image, shape), sharingTenant(request), patience)
    if (stage.signal.aborted && E.isRight(taken)) fleet.retire(taken.right)
    if (stage.signal.aborted) return calledOff()
    const untaken = isCurrent || patience.aborted ? unavailable : older.failed(image.digest)
    if (E.isLeft(taken)) return E.left(untaken(taken.left))
    return runIn(taken.right, image, request, stage)
  }

  const run = async (request: RunRequest, stage: Stage): Promise<Result> => {
    const current = images.find(request.language)
    const image = current === null ? null : { ...current, digest: request.image ?? current.digest }
    const problem = image === null ? `${request.language} is not ready` : fleet.problem()
    if (image === null || problem !== null) return E.left(sandboxFault('unavailable', problem ?? ''))
    if (!(await slots.acquire(stage.signal))) return calledOff()
    return runOn(image, request, stage).finally(slots.release)
  }

  return {
    image: currentImage,
    preferredImage: async (language, digest) => {
      const current = currentImage(language)
      if (current === null || current.digest === digest) return current
      return (await older.find(language, digest)) ?? current
    },
    run: (request, listener, signal) => () =>
      run(request, { listener, signal: AbortSignal.any([signal, closing.signal]) }),
    health: fleet.health,
    close: async () => {
      closing.abort()
      await fleet.close()
    },
  }
}
