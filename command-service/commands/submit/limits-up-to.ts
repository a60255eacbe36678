import type { Limits } from '@runledger/shared-kernel/types/limits.ts'
import * as t from 'io-ts'
import { integerUpTo } from './integer-up-to.ts'

/** Limits of one phase, any of them, each up to its maximum. */
export const limitsUpTo = (maxima: Limits) =>
  t.exact(
    t.partial({
      cpuTimeMs: integerUpTo(maxima.cpuTimeMs),
      wallTimeMs: integerUpTo(maxima.wallTimeMs),
      memoryBytes: integerUpTo(maxima.memoryBytes),
      processes: integerUpTo(maxima.processes),
      outputBytes: integerUpTo(maxima.outputBytes),
      fileBytes: integerUpTo(maxima.fileBytes),
      tmpfsBytes: integerUpTo(maxima.tmpfsBytes),
      stackBytes: integerUpTo(maxima.stackBytes),
    }),
    'an object of limits',
  )
