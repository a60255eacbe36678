import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Position } from '../../event-log/commit.ts'
import { createBroadcaster } from './broadcaster.ts'

const ignore = (): void => undefined

/** The last position of each partition. */
const lastOf = (positions: ReadonlyArray<Position>): ReadonlyMap<number, number> =>
  positions.reduce((last, { p, n }) => last.set(p, Math.max(n, last.get(p) ?? 0)), new Map<number, number>())

describe('a broadcaster', () => {
  it('ends by having sent the last position of each partition, whatever is announced when', async () => {
    const position = fc.record({ p: fc.nat(3), n: fc.integer({ min: 1, max: 50 }) })
    const turns = fc.array(fc.array(position, { maxLength: 5 }), { maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(turns, fc.scheduler(), async (turnsOfPositions, scheduler) => {
        const sent: Array<Position> = []
        let underWay = 0
        const send = async (positions: ReadonlyArray<Position>): Promise<void> => {
          underWay += 1
          expect(underWay).toBe(1)
          await scheduler.schedule(Promise.resolve())
          sent.push(...positions)
          underWay -= 1
        }
        const announce = createBroadcaster({ send, isReachable: () => true, onFault: ignore, paceMs: 0, busyPaceMs: 0 })
        for (const positions of turnsOfPositions) {
          positions.forEach(announce)
          await Promise.resolve()
        }
        const announced = lastOf(turnsOfPositions.flat())
        await vi.waitFor(
          async () => {
            await scheduler.waitIdle()
            expect(lastOf(sent)).toStrictEqual(announced)
          },
          { interval: 1 },
        )
      }),
      { numRuns: 50 },
    )
  })

  it('goes on after a message that could not be sent, and says so', async () => {
    const broken = new Error('cut')
    const onFault = vi.fn()
    const send = vi.fn().mockRejectedValueOnce(broken).mockResolvedValue(undefined)
    const announce = createBroadcaster({ send, isReachable: () => true, onFault, paceMs: 0, busyPaceMs: 0 })
    announce({ p: 1, n: 1 })
    await vi.waitFor(() => expect(onFault).toHaveBeenCalledExactlyOnceWith(broken))
    announce({ p: 2, n: 2 })
    await vi.waitFor(() => expect(send).toHaveBeenLastCalledWith([{ p: 2, n: 2 }]))
  })
})
