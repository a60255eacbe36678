import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import {
  cancelled,
  completed,
  failed,
  received,
  started,
  submission,
} from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { CommandId, EventId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { replayOf } from './replay-of.ts'

const submissionId = '0192d4c8-5a7e-7c3b-9f10-6a1b2c3d4e5f' as SubmissionId

const recordedAs = (event: DomainEvent, index: number): RecordedEvent => ({
  id: `event-${index + 1}` as EventId,
  event,
  occurredAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
  hash: 'hash',
  stream: `submission-${submissionId}`,
  version: index + 1,
  position: { p: 0, n: index + 1 },
  meta: {
    commandId: submissionId as string as CommandId,
    ...{ correlationId: 'order-7', causationId: 'x', actor: 'client', tenant: 'one', traceparent: null },
  },
})

const asked = (history: ReadonlyArray<DomainEvent>, tenant = 'one') =>
  replayOf({ image: 'original', submissionId, tenant, history: history.map(recordedAs) })

describe('given a submission that has ended', () => {
  it.each<[string, ReadonlyArray<DomainEvent>]>([
    ['completed', [received, started(1), completed(1)]],
    ['failed', [received, failed(3)]],
    ['cancelled', [received, cancelled]],
  ])('receives the same again where it is %s', (_status, history) => {
    expect(asked(history)).toStrictEqual(
      E.right({
        data: { ...submission, replayOf: submissionId, replayImage: 'original' },
        causationId: 'event-1',
        correlationId: 'order-7',
      }),
    )
  })

  it('links a replay of a replay to the one replayed', () => {
    const first = '0192d4c8-0000-7c3b-9f10-6a1b2c3d4e5f' as SubmissionId
    const replay: DomainEvent = { ...received, data: { ...submission, replayOf: first } }
    expect(asked([replay, started(1), completed(1)])).toMatchObject(E.right({ data: { replayOf: submissionId } }))
  })

  it('is not known to another tenant', () => {
    expect(asked([received, started(1), completed(1)], 'two')).toStrictEqual(E.left({ _tag: 'NotKnown' }))
  })
})

describe('given a submission that has not ended', () => {
  it('is refused, and told how far it is', () => {
    expect(asked([received])).toStrictEqual(E.left({ _tag: 'NotEnded', phase: 'waiting' }))
    expect(asked([received, started(1)])).toStrictEqual(E.left({ _tag: 'NotEnded', phase: 'running' }))
  })

  it('is not known where there is none', () => {
    expect(asked([])).toStrictEqual(E.left({ _tag: 'NotKnown' }))
  })
})
