import * as fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openInMemoryReadModelStore } from '../read-model-store/in-memory/in-memory-read-model-store.ts'
import type { Lease } from '../read-model-store/lease-store.ts'
import { createLivingMembers } from './living-members.ts'
import { planShares } from './plan-shares.ts'
import { sharePartitions } from './share-partitions.ts'
import type { Shares } from './shares.ts'

const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn(), fatal: vi.fn() }

/** Members that come, beat, die and go, one round after another, over leases that keep their promises. */
const society = (partitions: number) => {
  const { leases } = openInMemoryReadModelStore()
  const members = new Map<string, ReturnType<typeof createLivingMembers>>()
  let clock = 0

  const join = (name: string) => members.set(name, createLivingMembers({ monotonic: () => clock, deadMs: 3 }))

  const standing = async () => {
    const read = await leases.read('g')()
    if (isLeft(read)) throw new Error(read.left.message)
    return read.right
  }

  const round = async (name: string): Promise<void> => {
    await leases.beat('g', name)()
    const { members: all, leases: current } = await standing()
    const census = members.get(name)?.take(all, current)
    if (census === undefined) throw new Error(`${name} is no member`)
    const living = new Set([...census.living, name])
    for (const lease of planShares({ name, partitions, living, leases: current })) await leases.hand('g', lease)()
    for (const dead of census.dead) await leases.remove('g', dead)()
  }

  const rounds = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      clock += 1
      for (const name of members.keys()) await round(name)
    }
  }

  return { join, die: (name: string) => members.delete(name), rounds, standing, names: () => [...members.keys()] }
}

const countsByHolder = (leases: ReadonlyArray<Lease>): ReadonlyArray<number> =>
  [...Map.groupBy(leases, ({ holder }) => holder).values()].map(held => held.length)

// A process never comes back under the name of one that died.
const withoutReturns = <A extends Readonly<{ name: string; comes: boolean }>>(changes: ReadonlyArray<A>) =>
  changes.filter(
    ({ name, comes }, index) => !comes || changes.slice(0, index).every(each => each.comes || each.name !== name),
  )

describe('given members that come and die at any time', () => {
  it('gives every partition to one living member, fairly, soon after', async () => {
    const change = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      comes: fc.boolean(),
      rounds: fc.integer({ min: 0, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 17 }), fc.array(change, { maxLength: 12 }), async (count, changes) => {
        const { join, die, rounds, standing, names } = society(count)
        join('z')
        for (const { name, comes, rounds: passing } of withoutReturns(changes)) {
          if (comes) join(name)
          else die(name)
          await rounds(passing)
        }
        await rounds(8)
        const { leases, members } = await standing()
        expect(leases.map(({ partition }) => partition)).toStrictEqual([...Array(count).keys()])
        for (const { holder } of leases) expect(names()).toContain(holder)
        const counts = countsByHolder(leases)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
        expect(counts).toHaveLength(Math.min(count, names().length))
        expect(members.map(({ name }) => name)).toStrictEqual(names().sort())
        const before = leases
        await rounds(3)
        expect((await standing()).leases).toStrictEqual(before)
      }),
      { numRuns: 100 },
    )
  })
})

describe('sharing partitions', () => {
  const running: Array<Shares> = []
  afterEach(async () => {
    await Promise.all(running.splice(0).map(shares => shares.stop()))
  })

  const share = (store: ReturnType<typeof openInMemoryReadModelStore>, name: string): Shares => {
    const options = { leases: store.leases, group: 'g', name, partitions: 8, logger, beatMs: 2, deadMs: 100 }
    const shares = sharePartitions({ ...options, monotonic: () => performance.now() })
    running.push(shares)
    return shares
  }
  const sizes = (...shares: ReadonlyArray<Shares>) => shares.map(({ held }) => held().size)

  it('gives all to the first, half to the second, and all back when that leaves', async () => {
    const store = openInMemoryReadModelStore()
    const [first, second] = [share(store, 'a'), share(store, 'b')]
    const heard = vi.fn()
    first.onChange(heard)
    await first.start()
    expect(sizes(first)).toStrictEqual([8])
    expect(heard).toHaveBeenCalled()
    await second.start()
    await vi.waitFor(() => expect(sizes(first, second)).toStrictEqual([4, 4]))
    expect([...first.held().keys()].filter(p => second.held().has(p))).toStrictEqual([])
    await second.stop()
    await vi.waitFor(() => expect(sizes(first, second)).toStrictEqual([8, 0]), { timeout: 90 })
  })

  it('raises the fence whenever a partition changes hands', async () => {
    const store = openInMemoryReadModelStore()
    const first = share(store, 'a')
    await first.start()
    const before = first.held().get(0) ?? 0
    await first.stop()
    const second = share(store, 'b')
    await second.start()
    expect(second.held().get(0)).toBeGreaterThan(before)
  })

  it('lets go of a partition it was deposed of until the store gives it back', async () => {
    const store = openInMemoryReadModelStore()
    const first = share(store, 'a')
    await first.start()
    const fence = first.held().get(3) ?? 0
    await store.leases.hand('g', { partition: 3, holder: 'gone', token: fence })()
    first.deposed(3, fence - 1)
    expect(first.held().has(3)).toBe(true)
    first.deposed(3, fence)
    expect(first.held().has(3)).toBe(false)
    await vi.waitFor(() => expect(first.held().get(3)).toBe(fence + 2))
  })
})
