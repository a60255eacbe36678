import * as t from 'io-ts'
import { domainEventCodec } from './domain-event-codec.ts'

export const submissionCancelled = domainEventCodec(
  'SubmissionCancelled',
  1,
  t.strict({ who: t.string, why: t.string }),
)
export type SubmissionCancelled = t.TypeOf<typeof submissionCancelled>
