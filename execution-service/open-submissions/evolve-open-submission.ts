import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { OpenSubmission } from './open-submission.ts'

/** Null: not received yet, or ended. */
export const evolveOpenSubmission = (
  open: OpenSubmission | null,
  { event, meta }: RecordedEvent,
): OpenSubmission | null => {
  if (event.type === 'SubmissionReceived') {
    return { tenant: meta.tenant, language: event.data.language, attempts: 0, running: null, cancelling: false }
  }
  return open === null ? null : evolveKnown(open, event)
}

const evolveKnown = (
  open: OpenSubmission,
  event: Exclude<DomainEvent, { type: 'SubmissionReceived' }>,
): OpenSubmission | null => {
  switch (event.type) {
    case 'ExecutionStarted': {
      const { attempt, incarnation, budgetMs } = event.data
      return { ...open, attempts: attempt, running: { attempt, incarnation, budgetMs } }
    }
    case 'ExecutionAbandoned':
      return { ...open, running: null }
    case 'CancellationRequested':
      return { ...open, cancelling: true }
    case 'CompilationCompleted':
    case 'OutputChunk':
    case 'TestCaseCompleted':
    case 'OutputFilesCollected':
    case 'OutputFileChunk':
      return open
    case 'ExecutionCompleted':
    case 'ExecutionFailed':
    case 'SubmissionCancelled':
    case 'SubmissionErased':
      return null
  }
}
