import fc from 'fast-check'
import { expect, it } from 'vitest'
import { partitionOf } from './partition-of.ts'

it('stays what it was when the first logs were written', () => {
  expect(partitionOf('submission-0192d3a4-0000-7000-8000-000000000001', 64)).toBe(37)
  expect(partitionOf('submission-0192d3a4-0000-7000-8000-000000000002', 64)).toBe(1)
})

it('is a partition of the log, for any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 4096 }), (stream, partitions) => {
      const p = partitionOf(stream, partitions)
      expect(Number.isInteger(p) && p >= 0 && p < partitions).toBe(true)
    }),
  )
})

it('spreads streams evenly', () => {
  const counts = new Array<number>(64).fill(0)
  for (let i = 0; i < 6400; i++) {
    const p = partitionOf(`submission-${i}`, 64)
    counts[p] = (counts[p] ?? 0) + 1
  }
  expect(Math.min(...counts)).toBeGreaterThan(50)
  expect(Math.max(...counts)).toBeLessThan(150)
})
