import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Limits } from '../types/limits.ts'
import { effectiveLimits } from './effective-limits.ts'

const allOf = (value: number): Limits => ({
  cpuTimeMs: value,
  wallTimeMs: value,
  memoryBytes: value,
  processes: value,
  outputBytes: value,
  fileBytes: value,
  tmpfsBytes: value,
  stackBytes: value,
})

const phase = { defaults: allOf(100), maxima: allOf(250) }

describe('effective limits', () => {
  it('are the defaults where nothing is asked for', () => {
    expect(effectiveLimits(phase, {}, {})).toStrictEqual(allOf(100))
  })

  it('are what was asked for, whatever the factor', () => {
    expect(effectiveLimits(phase, { processes: 2 }, { processes: 7 }).processes).toBe(7)
  })

  it.each([
    [1.5, 150],
    [1.006, 101],
    [3, 250],
    [0.001, 1],
  ])('scale a default by the factor %d to %d', (factor, expected) => {
    expect(effectiveLimits(phase, { cpuTimeMs: factor }, {}).cpuTimeMs).toBe(expected)
  })

  it('are whole, positive and never above the maximum', () => {
    const factor = fc.double({ min: 0.01, max: 100, noNaN: true })
    const asked = fc.option(fc.integer({ min: 1, max: 250 }), { nil: undefined })
    void fc.assert(
      fc.property(factor, asked, (memoryBytes, limit) => {
        const { memoryBytes: effective } = effectiveLimits(phase, { memoryBytes }, { memoryBytes: limit })
        expect(Number.isInteger(effective) && effective >= 1 && effective <= 250).toBe(true)
      }),
    )
  })
})
