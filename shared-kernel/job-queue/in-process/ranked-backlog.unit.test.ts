import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankedBacklog } from './ranked-backlog.ts'

type Entry = Readonly<{ rank: number; arrival: number }>

const next = (entries: ReadonlyArray<Entry>): Entry | undefined =>
  [...entries].sort((a, b) => a.rank - b.rank || a.arrival - b.arrival)[0]

describe('given any mix of pushes and takes', () => {
  it('gives the lowest rank first and keeps arrival order within a rank', async () => {
    const step = fc.option(fc.integer({ min: 1, max: 5 }), { nil: 'take' as const, freq: 2 })
    await fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        const backlog = rankedBacklog<Entry>()
        let model: ReadonlyArray<Entry> = []
        for (const [arrival, rank] of steps.entries()) {
          if (rank === 'take') {
            const expected = next(model)
            expect(backlog.take()).toBe(expected)
            model = model.filter(entry => entry !== expected)
          } else {
            const entry = { rank, arrival }
            backlog.push(rank, entry)
            model = [...model, entry]
          }
          expect(backlog.size()).toBe(model.length)
        }
      }),
    )
  })
})
