import * as t from 'io-ts'
import { positiveInteger } from '../types/primitives.ts'
import { domainEventCodec } from './domain-event-codec.ts'
import { abandonReason } from './execution-abandoned.ts'

/** The attempt budget was spent on faults of the infrastructure. `why` and `detail` tell of the last; null: not known. */
export const executionFailed = domainEventCodec(
  'ExecutionFailed',
  2,
  t.strict({ attempts: positiveInteger, why: t.union([abandonReason, t.null]), detail: t.string }),
)
export type ExecutionFailed = t.TypeOf<typeof executionFailed>
