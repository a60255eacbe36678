import * as t from 'io-ts'

const refined = <Name extends string>(name: Name, holds: (value: number) => boolean) =>
  t.refinement(t.number, value => Number.isSafeInteger(value) && holds(value), name)

export const naturalNumber = refined('NaturalNumber', value => value >= 0)
export const positiveInteger = refined('PositiveInteger', value => value >= 1)

const isoPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** ISO-8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const isoDateTime = t.refinement(t.string, value => isoPattern.test(value), 'IsoDateTime')
