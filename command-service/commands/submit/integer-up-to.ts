import * as t from 'io-ts'

/** JSON numbers only: text that looks like a number, infinities and fractions are refused. */
export const integerUpTo = (maximum: number) =>
  t.refinement(
    t.number,
    value => Number.isSafeInteger(value) && value >= 1 && value <= maximum,
    `an integer from 1 to ${maximum}`,
  )
