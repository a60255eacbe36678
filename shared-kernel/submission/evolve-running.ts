import type { CompilationCompleted, SealedCompilationCompleted } from '../domain-events/compilation-completed.ts'
import type { ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import type { ExecutionCompleted } from '../domain-events/execution-completed.ts'
import { chunkSize, type OutputChunk, type SealedOutputChunk } from '../domain-events/output-chunk.ts'
import type { SealedTestCaseCompleted, TestCaseCompleted } from '../domain-events/test-case-completed.ts'
import { abandoned } from './abandoned.ts'
import { type RunningSubmission, type SubmissionState, sealing } from './submission-state.ts'

type AttemptEvent =
  | CompilationCompleted
  | SealedCompilationCompleted
  | OutputChunk
  | SealedOutputChunk
  | TestCaseCompleted
  | SealedTestCaseCompleted
  | ExecutionCompleted
  | ExecutionAbandoned

/** Folds an event of the attempt that runs. */
export const evolveRunning = (state: RunningSubmission, event: AttemptEvent): SubmissionState => {
  switch (event.type) {
    case 'CompilationCompleted':
      return { ...state, compiled: true }
    case 'OutputChunk':
      return written(state, event)
    case 'TestCaseCompleted':
      return { ...state, tested: event.data.index + 1 }
    case 'ExecutionCompleted':
      return { status: 'completed', attempt: event.data.attempt, outcome: event.data.outcome, ...sealing(state) }
    case 'ExecutionAbandoned':
      return abandoned(state, event)
  }
}

const written = (state: RunningSubmission, chunk: OutputChunk | SealedOutputChunk): SubmissionState => ({
  ...state,
  written: { ...state.written, [chunk.data.stream]: chunk.data.offset + chunkSize(chunk) },
})
