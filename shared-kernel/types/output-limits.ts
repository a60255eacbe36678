import * as t from 'io-ts'
import { positiveInteger } from './primitives.ts'

/** Of the files a program leaves: how many are kept at most, bytes of each, and of all together. */
export const outputLimits = t.strict(
  { files: positiveInteger, fileBytes: positiveInteger, totalBytes: positiveInteger },
  'OutputLimits',
)
export type OutputLimits = t.TypeOf<typeof outputLimits>
