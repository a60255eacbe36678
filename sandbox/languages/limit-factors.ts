import * as t from 'io-ts'
import type { Limits } from '../sandbox.ts'

const limitNames: Readonly<Record<keyof Limits, true>> = {
  cpuTimeMs: true,
  wallTimeMs: true,
  memoryBytes: true,
  processes: true,
  outputBytes: true,
  fileBytes: true,
  tmpfsBytes: true,
  stackBytes: true,
}

const factor = t.refinement(t.number, value => Number.isFinite(value) && value > 0, 'Factor')

/** What a language multiplies the default limits by, where they do not suit it. */
export type LimitFactors = Readonly<Partial<Record<keyof Limits, number>>>

const factorsByName = t.readonly(t.record(t.string, factor))

export const limitFactors: t.Type<LimitFactors, LimitFactors, unknown> = t.refinement(
  factorsByName,
  factors => Object.keys(factors).every(name => Object.hasOwn(limitNames, name)),
  'LimitFactors',
)
