import * as t from 'io-ts'

const pattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** A moment as a query parameter writes it; decoded it is ISO-8601 UTC with milliseconds, as the log writes times. */
export const timeParameter = new t.Type<string, string, unknown>(
  'a time such as 2026-01-02T03:04:05.678Z',
  t.string.is,
  (value, context) => {
    const ms = typeof value === 'string' && pattern.test(value) ? Date.parse(value) : Number.NaN
    return Number.isNaN(ms) ? t.failure(value, context) : t.success(new Date(ms).toISOString())
  },
  String,
)
