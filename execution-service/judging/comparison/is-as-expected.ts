import type { Comparison } from '@runledger/shared-kernel/types/test-plan.ts'
import { trimmedLines } from './lines.ts'
import { areClose, numberIn, type Tolerance } from './numbers.ts'
import { tokens } from './tokens.ts'

type Pieces = Iterator<Uint8Array>
type Agrees = (written: Uint8Array, expected: Uint8Array) => boolean

const areEqual: Agrees = (written, expected) => Buffer.compare(written, expected) === 0

// Piece by piece up to the first difference: what is looked at is as long as what was expected, whatever was written.
const piecesAgree = (written: Pieces, expected: Pieces, agree: Agrees): boolean => {
  while (true) {
    const [one, other] = [written.next(), expected.next()]
    if (one.done === true || other.done === true) return one.done === other.done
    if (!agree(one.value, other.value)) return false
  }
}

const within =
  (tolerance: Tolerance): Agrees =>
  (written, expected) => {
    if (areEqual(written, expected)) return true
    const [one, other] = [numberIn(written), numberIn(expected)]
    return one !== null && other !== null && areClose(one, other, tolerance)
  }

/**
 * Whether a program wrote what was expected of it: every byte (`exact`), every line but for white space at its end and
 * empty lines at the end of all (`trimmed`), what stands between white space (`tokens`), or the same with numbers that need
 * only be close (`float`).
 */
export const isAsExpected = (comparison: Comparison, written: Uint8Array, expected: Uint8Array): boolean => {
  switch (comparison.mode) {
    case 'exact':
      return areEqual(written, expected)
    case 'trimmed':
      return piecesAgree(trimmedLines(written), trimmedLines(expected), areEqual)
    case 'tokens':
      return piecesAgree(tokens(written), tokens(expected), areEqual)
    case 'float':
      return piecesAgree(tokens(written), tokens(expected), within(comparison))
  }
}
