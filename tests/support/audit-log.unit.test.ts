import { randomUUID } from 'node:crypto'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { abandoned, completed, received, started } from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { auditLog, soundLog } from './audit-log.ts'

const id = randomUUID()
const stream = submissionStream(id as string as SubmissionId)

const logOf = async (events: ReadonlyArray<DomainEvent>): Promise<EventLog> => {
  const log = openInMemoryEventLog({ partitions: 2 })
  const appended = await log.transact({
    stream,
    commandId: randomUUID() as string as CommandId,
    meta: { correlationId: id, causationId: id, actor: 'test', tenant: 'test', traceparent: null },
    occurredAt: '2026-01-01T00:00:00.000Z',
    remembered: { version: 0, state: null },
    evolve: () => null,
    decide: () => E.right(events),
  })()
  rightOf(appended)
  return log
}

describe('the audit of a log', () => {
  it('finds nothing in one that is sound', async () => {
    const log = await logOf([received, started(1), abandoned(1), started(2), completed(2)])
    expect(await auditLog(log, [id])).toEqual(soundLog)
  })

  it('misses what was accepted and is not there', async () => {
    expect(await auditLog(openInMemoryEventLog(), [id])).toEqual({ ...soundLog, missing: [id] })
  })

  it.each([
    ['no terminal event', 'open', [received, started(1)]],
    ['two terminal events', 'doubled', [received, started(1), completed(1), completed(1)]],
    ['an event of a stale attempt', 'stale', [received, started(1), started(2), completed(1)]],
  ] as const)('finds a stream with %s', async (_what, member, events) => {
    expect(await auditLog(await logOf(events), [id])).toMatchObject({ [member]: [id] })
  })

  it('finds a commit that was altered', async () => {
    const log = await logOf([received, started(1), completed(1)])
    const readPartition: EventLog['readPartition'] = (p, after, limit) => async () =>
      E.map((commits: ReadonlyArray<StoredCommit>) => commits.map(commit => ({ ...commit, recordedAt: 'later' })))(
        await log.readPartition(p, after, limit)(),
      )
    expect((await auditLog({ ...log, readPartition }, [id])).broken).toHaveLength(1)
  })
})
