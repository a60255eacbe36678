import * as t from 'io-ts'

const digits = /^(0|[1-9]\d{0,14})$/

/** A whole number within bounds, as a query parameter writes it. */
export const wholeNumber = (least: number, most: number): t.Type<number, string, unknown> =>
  new t.Type<number, string, unknown>(
    `a whole number from ${least} to ${most}`,
    (value): value is number => typeof value === 'number',
    (value, context) => {
      const number = typeof value === 'string' && digits.test(value) ? Number(value) : Number.NaN
      return number >= least && number <= most ? t.success(number) : t.failure(value, context)
    },
    String,
  )
