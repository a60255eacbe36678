/** Longer ones are no numbers that anybody means: they are compared as text. */
const longestNumber = 400

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const infinity = /^[+-]?inf(?:inity)?$/i
const notANumber = /^[+-]?nan(?:\([a-z0-9_]*\))?$/i

/** A number as C, Python or Java prints it; null for everything else, and for what is too large for a double. */
export const numberIn = (token: Uint8Array): number | null => {
  if (token.length > longestNumber) return null
  const text = Buffer.from(token).toString('latin1')
  if (notANumber.test(text)) return Number.NaN
  if (infinity.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const value = decimal.test(text) ? Number(text) : null
  return value === null || !Number.isFinite(value) ? null : value
}

export type Tolerance = Readonly<{ absolute: number; relative: number }>

/** Not a number is close to itself alone, and so is each infinity. */
export const areClose = (written: number, expected: number, { absolute, relative }: Tolerance): boolean => {
  if (Object.is(written, expected) || written === expected) return true
  if (!Number.isFinite(written) || !Number.isFinite(expected)) return false
  return Math.abs(written - expected) <= Math.max(absolute, relative * Math.abs(expected))
}
