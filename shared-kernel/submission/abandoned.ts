import type { AbandonReason, ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import type { RunningSubmission, WaitingSubmission } from './submission-state.ts'

/** Nobody's fault: the process was told to go, the client withdrew, or no program could have run there. */
const blameless: ReadonlySet<AbandonReason> = new Set(['shutdown', 'cancelled', 'sandbox_unavailable'])

/** The waiting submission that an abandoned attempt leaves. */
export const abandoned = (state: RunningSubmission, { data }: ExecutionAbandoned): WaitingSubmission => {
  const { running: _running, compiled: _compiled, written: _written, ...accepted } = state
  const faults = accepted.faults + (blameless.has(data.why) ? 0 : 1)
  return { ...accepted, status: 'waiting', faults, lastCause: { why: data.why, detail: data.detail } }
}
