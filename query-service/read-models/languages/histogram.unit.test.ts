import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, quantile } from './histogram.ts'

describe('a quantile from buckets', () => {
  it('is at most 2 % off the true one', async () => {
    const durations = fc.array(fc.integer({ min: 0, max: 600_000 }), { minLength: 1, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(durations, fc.constantFrom(0.5, 0.95), async (all, part) => {
        const buckets = new Map<number, number>()
        const positive = all.filter(ms => ms > 0)
        for (const ms of positive) buckets.set(bucketOf(ms), (buckets.get(bucketOf(ms)) ?? 0) + 1)
        const truth = all.toSorted((a, b) => a - b)[Math.ceil(part * all.length) - 1] ?? Number.NaN
        const estimate = quantile(buckets, all.length - positive.length, part) ?? Number.NaN
        expect(Math.abs(estimate - truth)).toBeLessThanOrEqual(0.02 * truth)
      }),
    )
  })

  it('is unknown where there is nothing', () => {
    expect(quantile(new Map(), 0, 0.5)).toBeNull()
  })
})
