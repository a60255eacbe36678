import type { ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import type { RunningSubmission, WaitingSubmission } from './submission-state.ts'

/** The waiting submission that an abandoned attempt leaves. */
export const abandoned = (state: RunningSubmission, { data }: ExecutionAbandoned): WaitingSubmission => {
  const { running: _running, compiled: _compiled, written: _written, ...accepted } = state
  const faults = accepted.faults + (data.why === 'shutdown' ? 0 : 1)
  return { ...accepted, status: 'waiting', faults, lastCause: `${data.why}: ${data.detail}` }
}
