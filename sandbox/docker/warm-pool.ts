import * as E from 'fp-ts/lib/Either.js'
import type { ContainerPlan } from './container-options.ts'
import { type DockerFault, dockerFault, doubtsDaemon } from './docker-fault.ts'
import { nextStep, type PoolView, shelfKey } from './pool-plan.ts'
import type { StartedContainer } from './start-container.ts'

type Answer = E.Either<DockerFault, StartedContainer>
type Waiter = Readonly<{ since: number; answer: (answer: Answer) => void }>

type Shelf = {
  plan: ContainerPlan
  warm: StartedContainer[]
  waiting: Waiter[]
  starting: number
  wanted: number
  failures: number
  notBefore: number
}

export type WarmPoolOptions = Readonly<{
  start: (plan: ContainerPlan) => Promise<Answer>
  discard: (container: StartedContainer) => void
  /** What should wait warm now, and how many of each. */
  wanted: () => ReadonlyArray<Readonly<{ plan: ContainerPlan; places: number }>>
  /** Containers that exist outside the pool's shelves: those that run and those that are being removed. */
  elsewhere: () => number
  isBusy: () => boolean
  /** Why nothing can be started now, or null. */
  problem: () => string | null
  onFault: (fault: DockerFault, plan: ContainerPlan) => void
  onStarted: () => void
  startsAtOnce: number
  bound: number
}>

export type WarmPool = Readonly<{
  /** A container of this plan's kind, its memory and processes perhaps other than planned. First come, first served. */
  take: (plan: ContainerPlan, signal: AbortSignal) => Promise<Answer>
  /** Looks again at what there is to do. */
  refill: () => void
  /** Containers on the shelves and those being started. */
  size: () => number
  close: () => void
}>

const failuresBeforeAnswer = 2
const firstBackOffMs = 250
const longestBackOffMs = 30_000

export const createWarmPool = (options: WarmPoolOptions): WarmPool => {
  const shelves = new Map<string, Shelf>()
  let closed = false

  const shelfOf = (plan: ContainerPlan): Shelf => {
    const key = shelfKey(plan)
    const known = shelves.get(key)
    const shelf = known ?? { plan, warm: [], waiting: [], starting: 0, wanted: 0, failures: 0, notBefore: 0 }
    if (known === undefined) shelves.set(key, shelf)
    return shelf
  }

  const all = (of: (shelf: Shelf) => number) => [...shelves.values()].reduce((total, shelf) => total + of(shelf), 0)
  const size = () => all(({ warm, starting }) => warm.length + starting)

  const view = (): PoolView => ({
    shelves: [...shelves].map(([key, shelf]) => ({
      ...shelf,
      key,
      warm: shelf.warm.length,
      waiting: shelf.waiting.length,
      waitingSince: shelf.waiting[0]?.since ?? 0,
    })),
    now: performance.now(),
    startsAtOnce: options.startsAtOnce,
    total: size() + options.elsewhere(),
    bound: options.bound,
    busy: options.isBusy(),
  })

  const drop = (shelf: Shelf, container: StartedContainer) => {
    shelf.warm = shelf.warm.filter(other => other !== container)
    options.discard(container)
  }

  const setWanted = () => {
    for (const shelf of shelves.values()) shelf.wanted = 0
    for (const { plan, places } of options.wanted()) Object.assign(shelfOf(plan), { plan, wanted: places })
  }

  // Shelves nobody wants any more (an older image, another size) are emptied.
  const drain = (key: string, shelf: Shelf) => {
    for (const container of shelf.warm) drop(shelf, container)
    if (shelf.starting === 0 && shelf.waiting.length === 0) shelves.delete(key)
  }

  const put = (shelf: Shelf, container: StartedContainer) => {
    const waiter = shelf.waiting.shift()
    if (waiter !== undefined) return waiter.answer(E.right(container))
    if (closed) return options.discard(container)
    shelf.warm.push(container)
    void container.gone.then(() => {
      if (shelf.warm.includes(container)) drop(shelf, container)
      refill()
    })
  }

  const answerAll = (shelf: Shelf, fault: DockerFault) => {
    for (const { answer } of shelf.waiting.splice(0)) answer(E.left(fault))
  }

  const backOff = (shelf: Shelf, fault: DockerFault) => {
    options.onFault(fault, shelf.plan)
    shelf.failures += 1
    shelf.notBefore = performance.now() + Math.min(longestBackOffMs, firstBackOffMs * 2 ** shelf.failures)
    if (doubtsDaemon(fault)) for (const other of shelves.values()) answerAll(other, fault)
    if (shelf.failures >= failuresBeforeAnswer) answerAll(shelf, fault)
  }

  const start = async (shelf: Shelf) => {
    shelf.starting += 1
    const started = await options.start(shelf.plan)
    shelf.starting -= 1
    if (E.isLeft(started)) backOff(shelf, started.left)
    else {
      options.onStarted()
      shelf.failures = 0
      shelf.notBefore = 0
      put(shelf, started.right)
    }
    refill()
  }

  const step = (): boolean => {
    const next = nextStep(view())
    if (next === null) return false
    const shelf = shelves.get('start' in next ? next.start : next.evict)
    const spare = shelf?.warm[0]
    if (shelf !== undefined && 'start' in next) void start(shelf)
    if (shelf !== undefined && 'evict' in next && spare !== undefined) drop(shelf, spare)
    return true
  }

  const refill = () => {
    if (closed || options.problem() !== null) return
    setWanted()
    for (const [key, shelf] of shelves) if (shelf.wanted === 0) drain(key, shelf)
    while (step());
  }

  const wait = (shelf: Shelf, signal: AbortSignal): Promise<Answer> => {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const giveUp = () => waiter.answer(E.left(dockerFault('refused', 'no container got ready in time')))
    const waiter: Waiter = {
      since: performance.now(),
      answer: answer => {
        signal.removeEventListener('abort', giveUp)
        shelf.waiting = shelf.waiting.filter(other => other !== waiter)
        resolve(answer)
      },
    }
    shelf.waiting.push(waiter)
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()
    return promise
  }

  return {
    take: async (plan, signal) => {
      const problem = closed ? 'the sandbox is closed' : options.problem()
      if (problem !== null) return E.left(dockerFault('unreachable', problem))
      const shelf = shelfOf(plan)
      const container = shelf.warm.shift()
      if (container !== undefined) return E.right(container)
      const answer = wait(shelf, signal)
      refill()
      return answer
    },
    refill,
    size,
    close: () => {
      closed = true
      for (const shelf of shelves.values()) {
        answerAll(shelf, dockerFault('unreachable', 'the sandbox is closed'))
        for (const container of shelf.warm) drop(shelf, container)
      }
    },
  }
}
