import type { CompilationCompleted } from '../domain-events/compilation-completed.ts'
import type { ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import type { ExecutionCompleted } from '../domain-events/execution-completed.ts'
import type { OutputChunk } from '../domain-events/output-chunk.ts'
import { base64Size } from '../types/encoded-bytes.ts'
import { abandoned } from './abandoned.ts'
import type { RunningSubmission, SubmissionState } from './submission-state.ts'

type AttemptEvent = CompilationCompleted | OutputChunk | ExecutionCompleted | ExecutionAbandoned

/** Folds an event of the attempt that runs. */
export const evolveRunning = (state: RunningSubmission, event: AttemptEvent): SubmissionState => {
  switch (event.type) {
    case 'CompilationCompleted':
      return { ...state, compiled: true }
    case 'OutputChunk':
      return written(state, event)
    case 'ExecutionCompleted':
      return { status: 'completed', attempt: event.data.attempt, outcome: event.data.outcome }
    case 'ExecutionAbandoned':
      return abandoned(state, event)
  }
}

const written = (state: RunningSubmission, { data }: OutputChunk): SubmissionState => ({
  ...state,
  written: { ...state.written, [data.stream]: data.offset + base64Size(data.bytes) },
})
