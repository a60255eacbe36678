import * as t from 'io-ts'
import { outcome } from '../types/outcome.ts'
import { positiveInteger } from '../types/primitives.ts'
import { streamTotals } from '../types/stream-totals.ts'
import { testSummary } from '../types/test-summary.ts'
import { wholeUsage } from '../types/usage.ts'
import { domainEventCodec } from './domain-event-codec.ts'

/** Only where there are test cases: then `outcome` and what goes with it is of the first that failed, `usage` of all. */
const later = t.exact(t.partial({ tests: testSummary }))

export const executionCompleted = domainEventCodec(
  'ExecutionCompleted',
  2,
  t.intersection([
    t.strict({
      attempt: positiveInteger,
      outcome,
      reason: t.union([t.string, t.null]),
      exitCode: t.union([t.Int, t.null]),
      signal: t.union([t.string, t.null]),
      usage: t.union([wholeUsage, t.null]),
      output: t.strict({ stdout: streamTotals, stderr: streamTotals }),
    }),
    later,
  ]),
)
export type ExecutionCompleted = t.TypeOf<typeof executionCompleted>
