import { chunkSize } from '../domain-events/chunk-size.ts'
import type { CompilationCompleted, SealedCompilationCompleted } from '../domain-events/compilation-completed.ts'
import type { ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import type { ExecutionCompleted } from '../domain-events/execution-completed.ts'
import type { OutputChunk, SealedOutputChunk } from '../domain-events/output-chunk.ts'
import type { OutputFileChunk, SealedOutputFileChunk } from '../domain-events/output-file-chunk.ts'
import type { OutputFilesCollected, SealedOutputFilesCollected } from '../domain-events/output-files-collected.ts'
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
  | OutputFilesCollected
  | SealedOutputFilesCollected
  | OutputFileChunk
  | SealedOutputFileChunk
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
    case 'OutputFilesCollected':
      return { ...state, collected: { sizes: event.data.sizes, bytes: 0 } }
    case 'OutputFileChunk':
      return collected(state, event)
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

const collected = (state: RunningSubmission, chunk: OutputFileChunk | SealedOutputFileChunk): SubmissionState =>
  state.collected === null
    ? state
    : { ...state, collected: { ...state.collected, bytes: state.collected.bytes + chunkSize(chunk) } }
