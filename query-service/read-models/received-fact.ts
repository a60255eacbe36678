import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { JsonObject } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import * as t from 'io-ts'
import type { Fact } from '../projector/across-streams.ts'

const codec = t.strict({ language: t.string, tenant: t.string, receivedAt: t.string })
export type Received = Readonly<t.TypeOf<typeof codec>>

/** What is known of a submission from its first event on. */
export const receivedFacts = ({ event, stream, occurredAt, meta }: RecordedEvent): ReadonlyArray<Fact> => {
  if (event.type !== 'SubmissionReceived') return []
  return [{ id: stream, body: { language: event.data.language, tenant: meta.tenant, receivedAt: occurredAt } }]
}

export const receivedIn = (body: JsonObject | null): Received | null => (codec.is(body) ? body : null)
