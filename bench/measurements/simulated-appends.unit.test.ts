import { describe, expect, it } from 'vitest'
import { type Load, simulateAppends, usualTimes } from './simulated-appends.ts'

const load: Load = {
  partitions: 16,
  processes: 8,
  appendsPerSecond: 2000,
  times: usualTimes,
  samples: 2000,
  seed: 1,
}

describe('appends in virtual time', () => {
  it('take their own time where nobody else appends', () => {
    const alone = simulateAppends({ ...load, appendsPerSecond: 1, processes: 1 })
    expect(alone.retriesPerAppend).toBe(0)
    expect(alone.p99Ms).toBeCloseTo(usualTimes.untilAnswered, 5)
  })

  it('never meet those of the same process', () => {
    expect(simulateAppends({ ...load, processes: 1 }).retriesPerAppend).toBe(0)
  })

  it('meet less often where there are more partitions', () => {
    const retries = [4, 16, 64, 256].map(
      partitions => simulateAppends({ ...load, partitions, appendsPerSecond: 800 }).retriesPerAppend,
    )
    expect(retries).toStrictEqual([...retries].sort((a, b) => b - a))
    expect(retries[0]).toBeGreaterThan(0)
  })

  it('are the same for the same seed', () => {
    expect(simulateAppends(load)).toStrictEqual(simulateAppends(load))
  })
})
