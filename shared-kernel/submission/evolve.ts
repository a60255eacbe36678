import type { CancellationRequested } from '../domain-events/cancellation-requested.ts'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { ExecutionStarted } from '../domain-events/execution-started.ts'
import type { SealedSubmissionReceived, SubmissionReceived } from '../domain-events/submission-received.ts'
import { evolveRunning } from './evolve-running.ts'
import { hasEnded, type SubmissionState, sealing } from './submission-state.ts'

/** Folds one event into the state. Total: an event that does not fit leaves the state as it was. */
export const evolve = (state: SubmissionState, event: DomainEvent): SubmissionState => {
  switch (event.type) {
    case 'SubmissionReceived':
      return received(state, event)
    case 'ExecutionStarted':
      return started(state, event)
    case 'CompilationCompleted':
    case 'OutputChunk':
    case 'TestCaseCompleted':
    case 'OutputFilesCollected':
    case 'OutputFileChunk':
    case 'ExecutionCompleted':
    case 'ExecutionAbandoned':
      return state.status === 'running' && state.running.attempt === event.data.attempt
        ? evolveRunning(state, event)
        : state
    case 'CancellationRequested':
      return cancellationRequested(state, event)
    case 'ExecutionFailed':
      return state.status === 'waiting' ? { status: 'failed', attempts: event.data.attempts, ...sealing(state) } : state
    case 'SubmissionCancelled':
      return state.status === 'waiting' ? { status: 'cancelled', ...sealing(state) } : state
    case 'SubmissionErased':
      return hasEnded(state) ? { status: 'erased' } : state
  }
}

const received = (
  state: SubmissionState,
  { schema, data }: SubmissionReceived | SealedSubmissionReceived,
): SubmissionState => {
  if (state.status !== 'unknown') return state
  const { language, limits, compileLimits } = data
  const accepted = {
    ...{ language, limits, compileLimits, attempts: 0, faults: 0, cancellation: null },
    ...(schema === 1 ? {} : { isSealed: true as const }),
  }
  return { status: 'waiting', ...accepted, lastCause: null }
}

const started = (state: SubmissionState, { data }: ExecutionStarted): SubmissionState => {
  if (state.status !== 'waiting' || data.attempt !== state.attempts + 1) return state
  const { attempt, workerId, incarnation, budgetMs } = data
  const { lastCause: _, ...accepted } = state
  return {
    ...accepted,
    status: 'running',
    attempts: attempt,
    running: { attempt, workerId, incarnation, budgetMs },
    compiled: false,
    written: { stdout: 0, stderr: 0 },
    tested: 0,
    collected: null,
  }
}

const cancellationRequested = (state: SubmissionState, { data }: CancellationRequested): SubmissionState =>
  state.status === 'waiting' || state.status === 'running'
    ? { ...state, cancellation: state.cancellation ?? data }
    : state
