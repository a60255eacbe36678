import * as E from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CleanProof } from '../runner/clean-proof.ts'
import { type RunnerFault, runnerFault } from '../runner/runner-fault.ts'
import { idleContainer, idleSession, planOf } from './container.fixture.ts'
import type { StartedContainer } from './start-container.ts'
import { createTenantContainers, type TenantContainersOptions } from './tenant-containers.ts'

const python = planOf('python')

// Every promise a step resolves has been followed by then.
const settle = () => new Promise<void>(resolve => setImmediate(resolve))

const fakeContainer = (name: string, plan = python) => {
  const gone = Promise.withResolvers<string>()
  const resets: Array<{ uid: number; settle: (answer: E.Either<RunnerFault, CleanProof>) => void }> = []
  const container: StartedContainer = {
    ...idleContainer,
    name,
    plan,
    gone: gone.promise,
    session: { ...idleSession, reset: uid => new Promise(resolve => resets.push({ uid, settle: resolve })) },
  }
  const answer = async (proof: (uid: number) => E.Either<RunnerFault, CleanProof>) => {
    const reset = resets.shift() ?? expect.unreachable('it is not being cleaned')
    reset.settle(proof(reset.uid))
    await settle()
    return reset.uid
  }
  return {
    container,
    proveClean: () => answer(uid => E.right({ processes: 1, entries: 0, objects: 0, uid })),
    raiseDoubt: () => answer(() => E.left(runnerFault('a process is left'))),
    die: async () => {
      gone.resolve('died')
      await settle()
    },
  }
}

const given = (change: Partial<TenantContainersOptions> = {}) => {
  const discarded: string[] = []
  const doubts: string[] = []
  const tenants = createTenantContainers({
    discard: ({ name }) => discarded.push(name),
    prepare: async () => E.right(undefined),
    onDoubt: (_, cause) => doubts.push(cause),
    runs: 100,
    perTenant: 2,
    inAll: 3,
    ...change,
  })
  const keptClean = async (tenant: string, name: string) => {
    const fake = fakeContainer(name)
    tenants.keep(tenant, fake.container)
    await fake.proveClean()
    return fake
  }
  const takenBy = async (tenant: string, plan = python) => (await tenants.take(tenant, plan))?.name ?? null
  return { tenants, discarded, doubts, keptClean, takenBy }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('given a container that is clean', () => {
  it('serves its tenant, once at a time', async () => {
    const { keptClean, takenBy } = given()
    await keptClean('one', 'a')
    expect(await takenBy('one')).toBe('a')
    expect(await takenBy('one')).toBeNull()
  })

  it('serves neither another tenant nor another kind of run', async () => {
    const { keptClean, takenBy } = given()
    await keptClean('one', 'a')
    expect(await takenBy('two')).toBeNull()
    expect(await takenBy('one', planOf('c'))).toBeNull()
  })

  it('is prepared for its next run before it serves it', async () => {
    const prepared = Promise.withResolvers<E.Either<never, void>>()
    const { tenants, takenBy } = given({ prepare: () => prepared.promise })
    const { container, proveClean } = fakeContainer('a')
    tenants.keep('one', container)
    await proveClean()
    const taken = vi.fn()
    const waiting = takenBy('one').then(taken)
    await settle()
    expect(taken).not.toHaveBeenCalled()
    prepared.resolve(E.right(undefined))
    await waiting
    expect(taken).toHaveBeenCalledWith('a')
  })

  it('is destroyed where it cannot be prepared', async () => {
    const { keptClean, takenBy, discarded } = given({ prepare: async () => E.left({ message: 'refused' }) })
    await keptClean('one', 'a')
    expect(discarded).toEqual(['a'])
    expect(await takenBy('one')).toBeNull()
  })

  it('is destroyed once it dies', async () => {
    const { tenants, keptClean, takenBy, discarded } = given()
    const fake = await keptClean('one', 'a')
    await fake.die()
    expect(discarded).toEqual(['a'])
    expect(tenants.size()).toBe(0)
    expect(await takenBy('one')).toBeNull()
  })

  it('is destroyed when nobody has wanted it for long', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { tenants, keptClean, discarded } = given()
    await keptClean('one', 'a')
    vi.advanceTimersByTime(299_000)
    tenants.expire()
    expect(discarded).toEqual([])
    vi.advanceTimersByTime(2_000)
    tenants.expire()
    expect(discarded).toEqual(['a'])
  })

  it('is destroyed instead of cleaned after its last run', async () => {
    const { tenants, discarded } = given({ runs: 2 })
    const { container, proveClean } = fakeContainer('a')
    tenants.keep('one', container)
    await proveClean()
    await tenants.take('one', python)
    tenants.keep('one', container)
    expect(discarded).toEqual(['a'])
    expect(tenants.size()).toBe(0)
  })

  it('lets each run have another uid', async () => {
    const { tenants } = given()
    const { container, proveClean } = fakeContainer('a')
    const uids: number[] = []
    for (let run = 0; run < 50; run++) {
      tenants.keep('one', container)
      uids.push(await proveClean())
      await tenants.take('one', python)
    }
    expect(new Set(uids).size).toBe(uids.length)
    expect(Math.min(...uids)).toBeGreaterThanOrEqual(60_000)
    expect(Math.max(...uids)).toBeLessThanOrEqual(60_999)
  })
})

describe('given one that is being cleaned', () => {
  it('its tenant waits for it rather than take a new one', async () => {
    const { tenants, takenBy } = given()
    const { container, proveClean } = fakeContainer('a')
    tenants.keep('one', container)
    const [first, second] = [takenBy('one'), takenBy('one')]
    expect(await second).toBeNull()
    await proveClean()
    expect(await first).toBe('a')
  })

  it('a doubt destroys it, and who waits gets a new one', async () => {
    const { tenants, takenBy, discarded, doubts } = given()
    const { container, raiseDoubt } = fakeContainer('a')
    tenants.keep('one', container)
    const waiting = takenBy('one')
    await raiseDoubt()
    expect(await waiting).toBeNull()
    expect(discarded).toEqual(['a'])
    expect(doubts).toEqual(['a process is left'])
  })

  it('silence destroys it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { tenants, takenBy, discarded } = given()
    tenants.keep('one', fakeContainer('a').container)
    const waiting = takenBy('one')
    await vi.advanceTimersByTimeAsync(3_001)
    expect(await waiting).toBeNull()
    expect(discarded).toEqual(['a'])
  })
})

describe('given more than may be kept', () => {
  it("a tenant's own go first, those used longest ago before the others", async () => {
    const { keptClean, takenBy, discarded } = given()
    for (const name of ['a', 'b', 'c']) await keptClean('one', name)
    expect(discarded).toEqual(['a'])
    expect(await takenBy('one')).toBe('c')
  })

  it('no tenant keeps another from keeping what it has just used', async () => {
    const { keptClean, takenBy, discarded } = given()
    for (const name of ['a', 'b']) await keptClean('one', name)
    for (const name of ['c', 'd']) await keptClean('two', name)
    expect(discarded).toEqual(['a'])
    expect(await takenBy('one')).toBe('b')
    expect(await takenBy('two')).toBe('d')
  })
})

describe('given the end', () => {
  it('every container is destroyed, whatever it is at, and nobody waits', async () => {
    const { tenants, keptClean, takenBy, discarded } = given()
    await keptClean('one', 'a')
    const { container, proveClean } = fakeContainer('b')
    tenants.keep('two', container)
    const waiting = takenBy('two')
    tenants.close()
    expect(await waiting).toBeNull()
    await proveClean()
    expect(discarded).toEqual(['a', 'b'])
    expect(tenants.size()).toBe(0)
    tenants.keep('one', fakeContainer('c').container)
    expect(discarded).toEqual(['a', 'b', 'c'])
  })
})
