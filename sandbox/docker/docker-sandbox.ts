import { setTimeout as delay } from 'node:timers/promises'
import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import type { Limits, RunListener, RunReport, RunRequest, Sandbox, SandboxFault } from '../sandbox.ts'
import { type ContainerDisposal, createContainerDisposal } from './container-disposal.ts'
import { createContainerNames } from './container-names.ts'
import type { ContainerOwner } from './container-options.ts'
import { createDaemonWatch, type DaemonWatch } from './daemon-watch.ts'
import { createLanguageStock, type LanguageImage } from './language-stock.ts'
import { firstShape } from './program.ts'
import { runProgram } from './run-program.ts'
import { sandboxFault } from './sandbox-fault.ts'
import type { SandboxLog } from './sandbox-log.ts'
import { createSlots } from './slots.ts'
import { type StartedContainer, startContainer } from './start-container.ts'
import { createWarmPool } from './warm-pool.ts'

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
  /** An OCI runtime known to the daemon; null for its default. */
  runtime: string | null
  log: SandboxLog
}>

const tickMs = 1_000
const acquireTimeoutMs = 30_000
const closeTimeoutMs = 10_000
// An answer on its way to its client is not delayed by the removal and the refill it causes.
const quietMs = 25
// A program that sleeps does not hold the refill up for long.
const busyMs = 1_000

/** Runs programs in containers of a Docker daemon, each in one that was started ahead, serves it alone and is destroyed. */
export const createDockerSandbox = (options: DockerSandboxOptions): Sandbox => {
  const { docker, images, log, concurrency } = options
  const slots = createSlots(concurrency)
  const closing = new AbortController()
  const nameContainer = createContainerNames(options.owner)
  const running = new Set<StartedContainer>()
  const retiring = new Set<StartedContainer>()
  let quietUntil = 0
  let busyUntil = 0
  let startProblem: string | null = null

  const disposal: ContainerDisposal = createContainerDisposal(docker, log, () => pool.refill())
  const watch: DaemonWatch = createDaemonWatch(docker, () => pool.refill())
  const stock = createLanguageStock({
    ...options,
    find: images.find,
    places: 4 * concurrency,
    depth: Math.max(2, concurrency),
  })
  const destroy = (container: StartedContainer) => {
    container.hangUp()
    disposal.discard(container.name)
  }
  const pool = createWarmPool({
    start: plan => startContainer({ docker, log, discard: disposal.discard }, nameContainer(), plan),
    discard: destroy,
    wanted: stock.wanted,
    elsewhere: () => running.size + retiring.size + disposal.pending(),
    isBusy: () => performance.now() < quietUntil || (running.size > 0 && performance.now() < busyUntil),
    problem: watch.problem,
    onFault: (fault, { image }) => {
      startProblem = fault.message
      watch.failed(fault)
      log.warn({ language: image.language, cause: fault.message }, 'a container did not start')
    },
    onStarted: () => {
      startProblem = null
    },
    startsAtOnce: 2 * concurrency,
    bound: 12 * concurrency,
  })
  const ticking = setInterval(pool.refill, tickMs)
  ticking.unref()

  const retire = (container: StartedContainer) => {
    running.delete(container)
    quietUntil = performance.now() + quietMs
    retiring.add(container)
    setTimeout(() => bury(container), quietMs)
  }
  const bury = (container: StartedContainer) => {
    if (!retiring.delete(container)) return
    destroy(container)
    pool.refill()
  }

  const runOn = async (image: LanguageImage, request: RunRequest, stage: Stage): Promise<Result> => {
    const shape = firstShape(image.definition, request)
    stock.used(image.definition.name, shape)
    const deadline = AbortSignal.any([stage.signal, AbortSignal.timeout(acquireTimeoutMs)])
    const taken = await pool.take(stock.plan(image, shape), deadline)
    if (stage.signal.aborted) {
      if (E.isRight(taken)) destroy(taken.right)
      return E.left(aborted(closing.signal))
    }
    if (E.isLeft(taken)) return E.left(sandboxFault('unavailable', taken.left.message))
    running.add(taken.right)
    busyUntil = performance.now() + busyMs
    return runProgram(taken.right, image.definition, request, stage).finally(() => retire(taken.right))
  }

  const runInSlot = async (request: RunRequest, stage: Stage): Promise<Result> => {
    const problem = watch.problem()
    if (problem !== null) return E.left(sandboxFault('unavailable', problem))
    const image = images.find(request.language)
    if (image === null) return E.left(sandboxFault('unavailable', `${request.language} is not ready`))
    if (!(await slots.acquire(stage.signal))) return E.left(aborted(closing.signal))
    return runOn(image, request, stage).finally(slots.release)
  }

  const close = async () => {
    closing.abort()
    clearInterval(ticking)
    pool.close()
    watch.close()
    for (const container of [...running, ...retiring]) destroy(container)
    await Promise.race([untilEmpty(disposal, pool.size), delay(closeTimeoutMs, undefined, { ref: false })])
    disposal.close()
  }

  return {
    image: language => {
      const image = images.find(language)
      return image === null ? null : { version: image.version, digest: image.digest }
    },
    run: (request, listener, signal) => () =>
      runInSlot(request, { listener, signal: AbortSignal.any([signal, closing.signal]) }),
    health: async () => {
      const unreachable = await watch.ask()
      const stuck = disposal.quarantined()
      const problems = [
        ...(unreachable === null ? [] : [`Docker does not answer: ${unreachable}`]),
        ...(unreachable !== null || startProblem === null ? [] : [`containers do not start: ${startProblem}`]),
        ...(stuck === 0 ? [] : [`${stuck} containers cannot be removed`]),
      ]
      return { available: unreachable === null, healthy: problems.length === 0, problems }
    },
    close,
  }
}

type Stage = Readonly<{ listener: RunListener; signal: AbortSignal }>
type Result = E.Either<SandboxFault, RunReport>

const aborted = (closing: AbortSignal): SandboxFault =>
  closing.aborted
    ? sandboxFault('unavailable', 'the sandbox is closed')
    : sandboxFault('aborted', 'the run was called off')

// A container being started when the sandbox closes is destroyed once it has.
const untilEmpty = async (disposal: ContainerDisposal, starting: () => number) => {
  while (starting() > 0 || disposal.pending() > 0) {
    await disposal.settled()
    await delay(20)
  }
}
