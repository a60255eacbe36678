import { setTimeout as delay } from 'node:timers/promises'
import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import type { SandboxHealth } from '../sandbox.ts'
import { type ContainerDisposal, createContainerDisposal } from './container-disposal.ts'
import { createContainerNames } from './container-names.ts'
import type { ContainerOwner, ContainerPlan, ContainerShape } from './container-options.ts'
import { createDaemonWatch, type DaemonWatch } from './daemon-watch.ts'
import type { DockerFault } from './docker-fault.ts'
import type { LanguageStock } from './language-stock.ts'
import type { SandboxLog } from './sandbox-log.ts'
import { type StartedContainer, startContainer } from './start-container.ts'
import { createTenantContainers } from './tenant-containers.ts'
import { createWarmPool } from './warm-pool.ts'

export type ContainerFleetOptions = Readonly<{
  docker: Dockerode
  owner: ContainerOwner
  log: SandboxLog
  /** Programs at a time; every bound follows from it. */
  concurrency: number
  /** Runs one container serves, where it serves a tenant's one after another. */
  runsPerContainer: number
  wanted: LanguageStock['wanted']
}>

export type ContainerFleet = Readonly<{
  /** A container for one run, counted as running until it is retired or kept: one kept for the tenant, or a new one. */
  take: (
    plan: ContainerPlan,
    tenant: string | null,
    signal: AbortSignal,
  ) => Promise<E.Either<DockerFault, StartedContainer>>
  /** Cleans a container for the next run of this tenant, or destroys it. */
  keep: (container: StartedContainer, tenant: string) => void
  /** Destroys a container in the background, once the answer of its run has had time to leave. */
  retire: (container: StartedContainer) => void
  /** Why no container can be had now, or null. */
  problem: () => string | null
  /** Asks the daemon. */
  health: () => Promise<SandboxHealth>
  /** Destroys every container and waits for it, bounded. */
  close: () => Promise<void>
}>

const tickMs = 1_000
const closeTimeoutMs = 10_000
// An answer on its way to its client is not delayed by the removal and the refill it causes.
const quietMs = 25
// A program that sleeps does not hold the refill up for long.
const busyMs = 1_000

/** All containers of this process, from their start to their removal. */
export const createContainerFleet = ({ docker, owner, log, ...options }: ContainerFleetOptions): ContainerFleet => {
  const nameContainer = createContainerNames(owner)
  const running = new Set<StartedContainer>()
  const begunWith = new WeakMap<StartedContainer, ContainerShape>()
  const retiring = new Set<StartedContainer>()
  let quietUntil = 0
  let busyUntil = 0
  let startProblem: string | null = null

  const disposal: ContainerDisposal = createContainerDisposal(docker, log, () => pool.refill())
  const watch: DaemonWatch = createDaemonWatch(docker, () => pool.refill())
  const destroy = (container: StartedContainer) => {
    container.hangUp()
    disposal.discard(container.name)
  }
  const pool = createWarmPool({
    start: plan => startContainer({ docker, log, discard: disposal.discard }, nameContainer(), plan),
    discard: destroy,
    wanted: options.wanted,
    elsewhere: () => running.size + retiring.size + tenants.size() + disposal.pending(),
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
    // A start waits for the daemon half of its time: two for each processor keep it busy.
    startsAtOnce: 2 * options.concurrency,
    bound: 12 * options.concurrency,
  })
  const tenants = createTenantContainers({
    discard: destroy,
    // Who compiles a program mostly compiles another one next: its limits are seen to while nobody waits for them.
    prepare: container => container.limitTo(begunWith.get(container) ?? container.plan.shape),
    onDoubt: ({ name }, cause) => log.warn({ container: name, cause }, 'a container did not prove that it is clean'),
    runs: options.runsPerContainer,
    // All that a tenant can use at once, and while those are cleaned; never so much that the pool has no room for others.
    perTenant: 2 * options.concurrency,
    inAll: 4 * options.concurrency,
  })
  const ticking = setInterval(() => {
    tenants.expire()
    pool.refill()
  }, tickMs)
  ticking.unref()

  const bury = (container: StartedContainer) => {
    if (!retiring.delete(container)) return
    destroy(container)
    pool.refill()
  }

  return {
    take: async (plan, tenant, signal) => {
      const kept = tenant === null ? null : await tenants.take(tenant, plan)
      const taken = kept === null ? await pool.take(plan, signal) : E.right(kept)
      if (E.isLeft(taken)) return taken
      running.add(taken.right)
      begunWith.set(taken.right, plan.shape)
      busyUntil = performance.now() + busyMs
      return taken
    },
    retire: container => {
      running.delete(container)
      retiring.add(container)
      quietUntil = performance.now() + quietMs
      setTimeout(() => bury(container), quietMs)
    },
    keep: (container, tenant) => {
      running.delete(container)
      quietUntil = performance.now() + quietMs
      tenants.keep(tenant, container)
    },
    problem: watch.problem,
    health: async () => {
      const unreachable = await watch.ask()
      const problems = problemsOf({ unreachable, startProblem, stuck: disposal.quarantined() })
      return { available: unreachable === null, healthy: problems.length === 0, problems }
    },
    close: async () => {
      clearInterval(ticking)
      pool.close()
      tenants.close()
      watch.close()
      for (const container of [...running, ...retiring]) destroy(container)
      await Promise.race([untilEmpty(disposal, pool.size), delay(closeTimeoutMs, undefined, { ref: false })])
      disposal.close()
    },
  }
}

type Troubles = Readonly<{ unreachable: string | null; startProblem: string | null; stuck: number }>

const problemsOf = ({ unreachable, startProblem, stuck }: Troubles): ReadonlyArray<string> => [
  ...(unreachable === null ? [] : [`Docker does not answer: ${unreachable}`]),
  ...(unreachable !== null || startProblem === null ? [] : [`containers do not start: ${startProblem}`]),
  ...(stuck === 0 ? [] : [`${stuck} containers cannot be removed`]),
]

// A container that was being started when the fleet closed is destroyed once it has.
const untilEmpty = async (disposal: ContainerDisposal, starting: () => number) => {
  while (starting() > 0 || disposal.pending() > 0) {
    await disposal.settled()
    await delay(20)
  }
}
