import * as t from 'io-ts'
import { positiveInteger } from './primitives.ts'

/** Effective limits of one phase. Times in milliseconds, sizes in bytes; `outputBytes` holds per stream. */
export const limits = t.strict(
  {
    cpuTimeMs: positiveInteger,
    wallTimeMs: positiveInteger,
    memoryBytes: positiveInteger,
    processes: positiveInteger,
    outputBytes: positiveInteger,
    fileBytes: positiveInteger,
    tmpfsBytes: positiveInteger,
    stackBytes: positiveInteger,
  },
  'Limits',
)
export type Limits = t.TypeOf<typeof limits>
