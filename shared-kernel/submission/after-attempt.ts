import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { WaitingSubmission } from './submission-state.ts'

/** How a submission that nothing runs ends here and now, if it does: cancelled where that was asked, failed with its budget spent. */
export const afterAttempt = (state: WaitingSubmission, maxAttempts: number): DomainEvent | null => {
  const { attempts, faults, cancellation, lastCause } = state
  if (cancellation !== null) return { type: 'SubmissionCancelled', schema: 1, data: cancellation }
  return faults >= Math.max(1, maxAttempts)
    ? { type: 'ExecutionFailed', schema: 2, data: { attempts, ...(lastCause ?? { why: null, detail: '' }) } }
    : null
}
