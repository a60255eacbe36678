import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { idleContainer, planOf } from './container.fixture.ts'
import type { ContainerPlan } from './container-options.ts'
import { type DockerFault, dockerFault } from './docker-fault.ts'
import type { StartedContainer } from './start-container.ts'
import { createWarmPool, type WarmPoolOptions } from './warm-pool.ts'

type Start = Readonly<{
  plan: ContainerPlan
  succeed: () => Promise<FakeContainer>
  fail: (fault: DockerFault) => Promise<void>
}>
type FakeContainer = StartedContainer & Readonly<{ die: () => Promise<void> }>

const fakeContainer = (name: string, plan: ContainerPlan): FakeContainer => {
  const gone = Promise.withResolvers<string>()
  return {
    ...idleContainer,
    name,
    plan,
    gone: gone.promise,
    die: async () => {
      gone.resolve('died')
      await settle()
    },
  }
}

// Every promise a step of the pool resolves has been followed by then.
const settle = () => new Promise<void>(resolve => setImmediate(resolve))

const given = (wanted: ReturnType<WarmPoolOptions['wanted']>, change: Partial<WarmPoolOptions> = {}) => {
  const starts: Start[] = []
  const discarded: string[] = []
  const faults: string[] = []
  const current = { wanted }
  const pool = createWarmPool({
    start: plan => {
      const answer = Promise.withResolvers<E.Either<DockerFault, StartedContainer>>()
      const container = fakeContainer(`c${starts.length}`, plan)
      starts.push({
        plan,
        succeed: async () => {
          answer.resolve(E.right(container))
          await settle()
          return container
        },
        fail: async fault => {
          answer.resolve(E.left(fault))
          await settle()
        },
      })
      return answer.promise
    },
    discard: ({ name }) => discarded.push(name),
    wanted: () => current.wanted,
    elsewhere: () => 0,
    isBusy: () => false,
    problem: () => null,
    onFault: ({ message }) => faults.push(message),
    onStarted: () => undefined,
    startsAtOnce: 2,
    bound: 4,
    ...change,
  })
  return { pool, starts, discarded, faults, current, latest: () => starts.at(-1) ?? expect.unreachable() }
}

const python = { plan: planOf('python'), places: 1 }
const never = new AbortController().signal
const nameOf = (taken: E.Either<DockerFault, StartedContainer>) => (E.isRight(taken) ? taken.right.name : taken.left)

describe('given a warm container', () => {
  it('hands it out at once and starts the next', async () => {
    const { pool, starts, latest } = given([python])
    pool.refill()
    await latest().succeed()
    expect(starts).toHaveLength(1)
    expect(nameOf(await pool.take(planOf('python'), never))).toBe('c0')
    pool.refill()
    expect(starts).toHaveLength(2)
  })

  it('that died is discarded and replaced', async () => {
    const { pool, starts, discarded, latest } = given([python])
    pool.refill()
    const container = await latest().succeed()
    await container.die()
    expect(discarded).toEqual(['c0'])
    expect(starts).toHaveLength(2)
  })

  it('of an older image is drained', async () => {
    const { pool, discarded, current, latest } = given([python])
    pool.refill()
    await latest().succeed()
    current.wanted = [{ plan: planOf('python', 'sha256:2'), places: 1 }]
    pool.refill()
    expect(discarded).toEqual(['c0'])
    expect(latest().plan.image.digest).toBe('sha256:2')
  })
})

describe('given none', () => {
  it('runs are served in the order they came', async () => {
    const { pool, starts } = given([])
    const [first, second] = [pool.take(planOf('c'), never), pool.take(planOf('c'), never)]
    expect(starts).toHaveLength(2)
    await starts[1]?.succeed()
    expect(nameOf(await first)).toBe('c1')
    await starts[0]?.succeed()
    expect(nameOf(await second)).toBe('c0')
  })

  it('a run that no longer waits leaves its container to the pool', async () => {
    const { pool, discarded, latest } = given([python])
    const caller = new AbortController()
    const taken = pool.take(planOf('python'), caller.signal)
    caller.abort()
    expect(await taken).toMatchObject({ _tag: 'Left' })
    await latest().succeed()
    expect(discarded).toEqual([])
    expect(nameOf(await pool.take(planOf('python'), never))).toBe('c0')
  })
})

describe('given starts that fail', () => {
  it('a run waits for a second try, then is told', async () => {
    const { pool, starts, faults } = given([])
    const taken = pool.take(planOf('c'), never)
    await starts[0]?.fail(dockerFault('refused', 'one'))
    await starts[1]?.fail(dockerFault('refused', 'two'))
    expect(nameOf(await taken)).toEqual(dockerFault('refused', 'two'))
    expect(faults).toEqual(['one', 'two'])
    expect(starts).toHaveLength(2)
  })

  it('every run that waits is told at once where the daemon is gone', async () => {
    const { pool, starts } = given([])
    const waiting = [pool.take(planOf('c'), never), pool.take(planOf('java'), never)]
    await starts[0]?.fail(dockerFault('unreachable', 'gone'))
    for (const taken of waiting) expect(nameOf(await taken)).toEqual(dockerFault('unreachable', 'gone'))
  })
})

describe('given a closed pool', () => {
  it('keeps no container, not even one that was being started', async () => {
    const { pool, discarded, starts } = given([{ plan: planOf('python'), places: 2 }])
    pool.refill()
    await starts[0]?.succeed()
    pool.close()
    await starts[1]?.succeed()
    expect(discarded).toEqual(['c0', 'c1'])
    expect(await pool.take(planOf('python'), never)).toMatchObject({ _tag: 'Left' })
  })
})
