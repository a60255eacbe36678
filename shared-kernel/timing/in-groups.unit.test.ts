import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { inGroups } from './in-groups.ts'

describe('items that are taken in groups', () => {
  it('are told, before they go, how many went last and how long those took', async () => {
    const gather = vi.fn(async (_lastGroup: number, _lastMs: number) => undefined)
    const taken: Array<ReadonlyArray<string>> = []
    const take = async (group: ReadonlyArray<string>): Promise<void> => {
      await pause(20)
      taken.push(group)
    }
    const add = inGroups<string>({ most: 2, gather, take })
    for (const item of ['a', 'b', 'c']) add(item)
    await vi.waitFor(() => expect(taken).toStrictEqual([['a', 'b'], ['c']]))
    const [first, second] = gather.mock.calls
    expect(first).toStrictEqual([1, 0])
    expect(second?.[0]).toBe(2)
    expect(second?.[1]).toBeGreaterThanOrEqual(19)
  })
  it('weigh no more together than they may, but one alone', async () => {
    const taken: Array<ReadonlyArray<number>> = []
    const take = async (group: ReadonlyArray<number>): Promise<void> => void taken.push(group)
    const weight = { of: (item: number) => item, most: 10 }
    const add = inGroups<number>({ most: 3, weight, gather: () => Promise.resolve(), take })
    for (const item of [4, 6, 1, 12, 1, 1, 1, 1]) add(item)
    await vi.waitFor(() => expect(taken).toStrictEqual([[4, 6], [1], [12], [1, 1, 1], [1]]))
  })
})
