import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'

/** An event as clients read it: what happened, where it stands in the log, and who caused it. */
export const presentEvent = (recorded: RecordedEvent) => {
  const { event, version, position, id, occurredAt, recordedAt, meta, hash } = recorded
  const { type, schema, data } = event
  const { commandId, correlationId, causationId, actor, tenant, traceparent } = meta
  return {
    ...{ type, data, version, partition: position.p, position: position.n, hash },
    ...{ eventId: id, schema, occurredAt, recordedAt },
    ...{ commandId, correlationId, causationId, actor, tenant, traceparent },
  }
}
