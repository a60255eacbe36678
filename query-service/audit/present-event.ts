import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { isSealedContent } from '@runledger/shared-kernel/sealing/seal-event.ts'

// Still sealed, though it was to be opened: its key is gone.
const dataOf = (event: DomainEvent) => {
  if (!isSealedContent(event)) return event.data
  const { sealed: _, ...known } = event.data
  return { ...known, erased: true }
}

/** An event as clients read it: what happened, where it stands in the log, and who caused it. */
export const presentEvent = (recorded: RecordedEvent) => {
  const { event, version, position, id, occurredAt, recordedAt, meta, hash } = recorded
  const { type, schema } = event
  const { commandId, correlationId, causationId, actor, tenant, traceparent } = meta
  return {
    ...{ type, data: dataOf(event), version, partition: position.p, position: position.n, hash },
    ...{ eventId: id, schema, occurredAt, recordedAt },
    ...{ commandId, correlationId, causationId, actor, tenant, traceparent },
  }
}
