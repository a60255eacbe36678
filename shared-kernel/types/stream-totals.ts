import * as t from 'io-ts'
import { naturalNumber } from './primitives.ts'

/** Bytes a program wrote to a stream within its limit, and whether it wrote more. */
export const streamTotals = t.strict({ bytes: naturalNumber, truncated: t.boolean }, 'StreamTotals')
