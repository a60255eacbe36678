import * as t from 'io-ts'
import { positiveInteger } from '../types/primitives.ts'
import { domainEventCodec } from './domain-event-codec.ts'

/** The attempt budget was spent on faults of the infrastructure; `cause` is the last of them. */
export const executionFailed = domainEventCodec(
  'ExecutionFailed',
  1,
  t.strict({ attempts: positiveInteger, cause: t.string }),
)
export type ExecutionFailed = t.TypeOf<typeof executionFailed>
