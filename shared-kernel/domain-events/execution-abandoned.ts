import * as t from 'io-ts'
import { positiveInteger } from '../types/primitives.ts'
import { domainEventCodec } from './domain-event-codec.ts'

export const abandonReason = t.keyof(
  {
    worker_lost: null,
    budget_passed: null,
    lock_lost: null,
    shutdown: null,
    cancelled: null,
    sandbox_fault: null,
    sandbox_unavailable: null,
  },
  'AbandonReason',
)
export type AbandonReason = t.TypeOf<typeof abandonReason>

export const executionAbandoned = domainEventCodec(
  'ExecutionAbandoned',
  1,
  t.strict({ attempt: positiveInteger, why: abandonReason, detail: t.string }),
)
export type ExecutionAbandoned = t.TypeOf<typeof executionAbandoned>
