import * as t from 'io-ts'
import { positiveInteger } from '../types/primitives.ts'
import { domainEventCodec } from './domain-event-codec.ts'

export const executionStarted = domainEventCodec(
  'ExecutionStarted',
  1,
  t.strict({
    attempt: positiveInteger,
    workerId: t.string,
    incarnation: t.string,
    budgetMs: positiveInteger,
    languageVersion: t.string,
    imageDigest: t.string,
  }),
)
export type ExecutionStarted = t.TypeOf<typeof executionStarted>
