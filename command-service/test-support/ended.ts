import { randomUUID } from 'node:crypto'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { completed, started } from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'

/** Appends what a worker would, or whatever is to be found in a stream. */
export const record = async (
  log: EventLog,
  id: string,
  events: ReadonlyArray<DomainEvent>,
  tenant = 'anonymous',
): Promise<void> => {
  const appended = await log.transact({
    stream: submissionStream(id as SubmissionId),
    commandId: randomUUID() as string as CommandId,
    meta: { correlationId: 'order-7', causationId: id, actor: 'worker:w', tenant, traceparent: null },
    occurredAt: new Date().toISOString(),
    remembered: { version: 0, state: null },
    evolve: () => null,
    decide: () => E.right(events),
  })()
  expect(E.isRight(appended)).toBe(true)
}

/** A submission that was received so, ran, and has ended. */
export const ended = async (log: EventLog, data: SubmissionReceived['data'], tenant?: string): Promise<string> => {
  const id: string = randomUUID()
  await record(log, id, [{ type: 'SubmissionReceived', schema: 1, data }, started(1), completed(1)], tenant)
  return id
}
