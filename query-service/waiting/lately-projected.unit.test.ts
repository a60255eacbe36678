import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { CommandId, EventId } from '@runledger/shared-kernel/types/ids.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { foldResult } from '../read-models/result/fold-result.ts'
import {
  completed,
  newSubmissionId,
  received,
  started,
  wrote,
} from '../read-models/result/submission-events.fixture.ts'
import { type LatelyProjected, latelyProjected } from './lately-projected.ts'

const id = newSubmissionId()

const at = '2026-01-02T03:04:05.678Z'

const recorded = (event: DomainEvent, version: number): RecordedEvent => ({
  ...{ id: `event-${version}` as EventId, event, version, occurredAt: at, recordedAt: at, hash: 'hash' },
  stream: submissionStream(id),
  position: { p: 1, n: version },
  meta: {
    commandId: 'c' as CommandId,
    correlationId: 'c',
    causationId: 'c',
    actor: 'a',
    tenant: 't',
    traceparent: null,
  },
})

const ended = [received(), started(), wrote({ bytes: Buffer.from('1\n') }), completed()].map((event, index) =>
  recorded(event, index + 1),
)

describe('given a stream whose events were all projected here', () => {
  let lately: LatelyProjected

  beforeEach(() => {
    lately = latelyProjected()
    lately.note(ended.slice(0, 1))
    lately.note(ended.slice(1))
  })

  it('recalls the result its stream tells', () => {
    expect(lately.recall(id)).toStrictEqual(foldResult(ended))
    expect(lately.recall(id)?.body.status).toBe('completed')
  })

  it('recalls no more than was projected', () => {
    const pending = latelyProjected()
    pending.note(ended.slice(0, 2))
    expect(pending.recall(id)).toStrictEqual(foldResult(ended.slice(0, 2)))
  })

  it('recalls nothing once others may have projected more of it', () => {
    lately.forget()
    expect(lately.recall(id)).toBeNull()
    lately.note([recorded({ type: 'SubmissionErased', schema: 1, data: { who: 'owner', why: 'asked' } }, 5)])
    expect(lately.recall(id)).toBeNull()
  })

  it('knows no other submission', () => {
    expect(lately.recall(newSubmissionId())).toBeNull()
  })
})

describe('given a stream that is not known as a whole', () => {
  it.each([
    ['whose beginning was projected elsewhere', ended.slice(1)],
    ['of which an event was passed over', [...ended.slice(0, 1), ...ended.slice(2)]],
    ['that begins with what cannot be folded', [recorded(started(), 1), ...ended.slice(1)]],
    ['that says more than is kept', [...ended.slice(0, 2), recorded(wrote({ bytes: Buffer.alloc(9000) }), 3)]],
  ])('recalls nothing of one %s', (_what, events) => {
    const lately = latelyProjected()
    lately.note(events)
    expect(lately.recall(id)).toBeNull()
  })
})
