import * as t from 'io-ts'
import { outcome } from '../types/outcome.ts'
import { naturalNumber, positiveInteger } from '../types/primitives.ts'
import { wholeUsage } from '../types/usage.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const streamTotals = t.strict({ bytes: naturalNumber, truncated: t.boolean }, 'StreamTotals')

export const executionCompleted = domainEventCodec(
  'ExecutionCompleted',
  2,
  t.strict({
    attempt: positiveInteger,
    outcome,
    reason: t.union([t.string, t.null]),
    exitCode: t.union([t.Int, t.null]),
    signal: t.union([t.string, t.null]),
    usage: t.union([wholeUsage, t.null]),
    output: t.strict({ stdout: streamTotals, stderr: streamTotals }),
  }),
)
export type ExecutionCompleted = t.TypeOf<typeof executionCompleted>
