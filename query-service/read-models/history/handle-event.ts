import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { usageOf } from '@runledger/shared-kernel/types/usage.ts'
import type { HistoryBody } from './history-body.ts'

const received = (
  submissionId: string,
  { language, replayOf }: Pick<SubmissionReceived['data'], 'language' | 'replayOf'>,
  { occurredAt, meta }: RecordedEvent,
): HistoryBody => ({
  submissionId,
  tenant: meta.tenant,
  place: `${occurredAt} ${submissionId}`,
  status: 'pending',
  outcome: null,
  language,
  replayOf,
  receivedAt: occurredAt,
  startedAt: null,
  completedAt: null,
  attempt: 0,
  usage: null,
})

/** What an event makes of its submission's line. A first event other than SubmissionReceived is a broken stream. */
export const handleEvent = (submissionId: string, known: HistoryBody | null, recorded: RecordedEvent): HistoryBody => {
  const { event, occurredAt } = recorded
  if (event.type === 'SubmissionReceived') return received(submissionId, event.data, recorded)
  if (known === null) throw new Error(`${event.type} before SubmissionReceived`)
  switch (event.type) {
    case 'ExecutionStarted':
      return { ...known, startedAt: occurredAt, attempt: event.data.attempt }
    case 'ExecutionAbandoned':
      return { ...known, startedAt: null }
    case 'ExecutionCompleted': {
      const { outcome, usage } = event.data
      const used = usage === null ? null : usageOf(usage)
      return { ...known, status: 'completed', outcome, usage: used, completedAt: occurredAt }
    }
    case 'ExecutionFailed':
      return { ...known, status: 'failed', outcome: 'internal_error', completedAt: occurredAt }
    case 'SubmissionCancelled':
      return { ...known, status: 'cancelled', completedAt: occurredAt }
    case 'SubmissionErased':
      return { ...known, erased: true }
    case 'CompilationCompleted':
    case 'OutputChunk':
    case 'TestCaseCompleted':
    case 'OutputFilesCollected':
    case 'OutputFileChunk':
    case 'CancellationRequested':
      return known
  }
}
