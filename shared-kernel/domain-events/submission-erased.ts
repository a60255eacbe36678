import * as t from 'io-ts'
import { domainEventCodec } from './domain-event-codec.ts'

/** The data key was deleted, or will be at once: what was sealed with it can be opened no more. */
export const submissionErased = domainEventCodec('SubmissionErased', 1, t.strict({ who: t.string, why: t.string }))
