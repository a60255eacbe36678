import * as E from 'fp-ts/lib/Either.js'
import { callDocker } from './call-docker.ts'
import { freshRunUid } from './fresh-run-uid.ts'
import { shelfKey } from './pool-plan.ts'
import type { StartedContainer } from './start-container.ts'

export type TenantContainersOptions = Readonly<{
  /** Gives a container that is clean what its tenant's next run will probably begin with. */
  prepare: (container: StartedContainer) => Promise<E.Either<Readonly<{ message: string }>, void>>
  discard: (container: StartedContainer) => void
  /** Told when a container did not prove that it is clean. */
  onDoubt: (container: StartedContainer, cause: string) => void
  /** Runs a container serves before it is destroyed. */
  runs: number
  /** Containers kept at rest, of one tenant and of all. */
  perTenant: number
  inAll: number
}>

export type TenantContainers = Readonly<{
  /** The container of that kind this tenant used last, once it is clean; null where there is none to come. */
  take: (tenant: string, kind: StartedContainer['plan']) => Promise<StartedContainer | null>
  /** Has a container cleaned for the next run of its tenant; destroys it at any doubt, and after its last run. */
  keep: (tenant: string, container: StartedContainer) => void
  /** Destroys what has been at rest for too long. */
  expire: () => void
  /** Containers at rest or being cleaned. */
  size: () => number
  close: () => void
}>

type Resting = Readonly<{ tenant: string; key: string; container: StartedContainer; since: number }>
type Waiter = (container: StartedContainer | null) => void

/** Longer than a runner takes that means to succeed; what is slower is destroyed. */
const cleanTimeoutMs = 3_000
const longestRestMs = 300_000

/** Started containers that belong to a tenant: each serves its runs one after another and nobody else's. */
export const createTenantContainers = (options: TenantContainersOptions): TenantContainers => {
  // Those that end in doubt are destroyed elsewhere, and forgotten with that.
  const served = new WeakMap<StartedContainer, number>()
  const waiting = new Map<string, Waiter[]>()
  const cleaning = new Map<StartedContainer, string>()
  // The one used longest ago comes first.
  let resting: ReadonlyArray<Resting> = []
  let closed = false

  const keyOf = (tenant: string, plan: StartedContainer['plan']) => `${tenant}\n${shelfKey(plan)}`
  const cleaningOf = (key: string) => [...cleaning.values()].filter(other => other === key).length
  const waitersOf = (key: string) => waiting.get(key) ?? []

  const destroy = (container: StartedContainer) => {
    resting = resting.filter(other => other.container !== container)
    options.discard(container)
  }

  const answerNext = (key: string, container: StartedContainer | null): boolean => {
    const [next, ...others] = waitersOf(key)
    if (others.length > 0) waiting.set(key, others)
    else waiting.delete(key)
    next?.(container)
    return next !== undefined
  }

  // Least recently used first, so that no tenant's many containers push out what another has just used.
  const trim = (tenant: string) => {
    const own = resting.filter(other => other.tenant === tenant)
    if (own.length > options.perTenant && own[0] !== undefined) destroy(own[0].container)
    if (resting.length > options.inAll && resting[0] !== undefined) destroy(resting[0].container)
  }

  const rest = (tenant: string, key: string, container: StartedContainer) => {
    if (answerNext(key, container)) return
    resting = [...resting, { tenant, key, container, since: performance.now() }]
    trim(tenant)
  }

  const clean = async (tenant: string, key: string, container: StartedContainer) => {
    cleaning.set(container, key)
    const answer = await callDocker('clean a container', cleanTimeoutMs, () => container.session.reset(freshRunUid()))
    const proof = E.flattenW(answer)
    const prepared = E.isRight(proof) ? await options.prepare(container) : proof
    if (!cleaning.delete(container)) return
    if (E.isRight(prepared)) return rest(tenant, key, container)
    options.onDoubt(container, prepared.left.message)
    destroy(container)
    if (waitersOf(key).length > cleaningOf(key)) answerNext(key, null)
  }

  // A container of which one knows that it rests is the only one that nobody else hears dying.
  const watch = (container: StartedContainer) => {
    void container.gone.then(() => {
      if (resting.some(other => other.container === container)) destroy(container)
    })
  }

  return {
    take: async (tenant, plan) => {
      const key = keyOf(tenant, plan)
      const found = resting.findLast(other => other.key === key)
      if (found !== undefined) resting = resting.filter(other => other !== found)
      if (found !== undefined) return found.container
      if (closed || cleaningOf(key) <= waitersOf(key).length) return null
      const { promise, resolve } = Promise.withResolvers<StartedContainer | null>()
      waiting.set(key, [...waitersOf(key), resolve])
      return promise
    },
    keep: (tenant, container) => {
      const runs = (served.get(container) ?? 0) + 1
      if (runs === 1) watch(container)
      served.set(container, runs)
      if (closed || runs >= options.runs) destroy(container)
      else void clean(tenant, keyOf(tenant, container.plan), container)
    },
    expire: () => {
      const oldest = performance.now() - longestRestMs
      for (const { container, since } of resting) if (since < oldest) destroy(container)
    },
    size: () => resting.length + cleaning.size,
    close: () => {
      closed = true
      for (const key of [...waiting.keys()]) while (answerNext(key, null));
      for (const container of [...resting.map(({ container }) => container), ...cleaning.keys()]) destroy(container)
      cleaning.clear()
    },
  }
}
