import type { CompilationCompleted } from '../domain-events/compilation-completed.ts'
import type { AbandonReason } from '../domain-events/execution-abandoned.ts'
import type { ExecutionCompleted } from '../domain-events/execution-completed.ts'
import type { ExecutionStarted } from '../domain-events/execution-started.ts'
import type { OutputChunk } from '../domain-events/output-chunk.ts'
import type { OutputFileChunk } from '../domain-events/output-file-chunk.ts'
import type { OutputFilesCollected } from '../domain-events/output-files-collected.ts'
import type { SubmissionReceived } from '../domain-events/submission-received.ts'
import type { TestCaseCompleted } from '../domain-events/test-case-completed.ts'

export type ReceiveSubmission = Readonly<{ _tag: 'ReceiveSubmission'; data: SubmissionReceived['data'] }>

/**
 * Start the next attempt: the append is the claim. A running attempt is superseded only where `supersede` names it
 * (a redelivery, a dead incarnation, a spent budget): `ExecutionAbandoned(n)` and `ExecutionStarted(n+1)` in one commit.
 * With `maxAttempts` faults spent the submission fails instead; with a cancellation requested it is cancelled instead:
 * read from the answered fold whether the claim is yours.
 */
export type ClaimAttempt = Readonly<{
  _tag: 'ClaimAttempt'
  worker: Omit<ExecutionStarted['data'], 'attempt'>
  supersede: Readonly<{ attempt: number; why: AbandonReason; detail: string }> | null
  maxAttempts: number
}>

export type RecordCompilation = Readonly<{ _tag: 'RecordCompilation'; data: CompilationCompleted['data'] }>

/** Chunks continue what is recorded of their stream without a gap. */
export type RecordOutput = Readonly<{
  _tag: 'RecordOutput'
  attempt: number
  chunks: ReadonlyArray<Omit<OutputChunk['data'], 'attempt'>>
}>

/** Cases continue what is recorded of them without a gap. */
export type RecordTestCases = Readonly<{
  _tag: 'RecordTestCases'
  attempt: number
  cases: ReadonlyArray<Omit<TestCaseCompleted['data'], 'attempt'>>
}>

/** Which files there are, once, and their content, which continues what is recorded of them without a gap. */
export type RecordOutputFiles = Readonly<{
  _tag: 'RecordOutputFiles'
  attempt: number
  collected: Omit<OutputFilesCollected['data'], 'attempt'> | null
  pieces: ReadonlyArray<Omit<OutputFileChunk['data'], 'attempt'>>
}>

/**
 * What remains of compilation, output, test cases and files goes with the completion, in one commit. `data.output` counts
 * exactly the bytes recorded, `data.tests` the cases; no byte of a file is missing. A cancellation that came too late does not undo a result: the completion stands.
 */
export type CompleteAttempt = Readonly<{
  _tag: 'CompleteAttempt'
  compilation: CompilationCompleted['data'] | null
  chunks: ReadonlyArray<Omit<OutputChunk['data'], 'attempt'>>
  cases?: RecordTestCases['cases']
  files?: Pick<RecordOutputFiles, 'collected' | 'pieces'>
  data: ExecutionCompleted['data']
}>

/** Give up a running attempt. The submission waits again, fails with `maxAttempts` faults spent, or is cancelled where that was asked. */
export type AbandonAttempt = Readonly<{
  _tag: 'AbandonAttempt'
  attempt: number
  why: AbandonReason
  detail: string
  maxAttempts: number
}>

/** Cancelled at once where nothing runs; else the running worker sees the request, kills the run and abandons. */
export type RequestCancellation = Readonly<{ _tag: 'RequestCancellation'; who: string; why: string }>

/** Recorded once, of what has ended: then its data key may go. */
export type EraseSubmission = Readonly<{ _tag: 'EraseSubmission'; who: string; why: string }>

export type SubmissionCommand =
  | ReceiveSubmission
  | ClaimAttempt
  | RecordCompilation
  | RecordOutput
  | RecordTestCases
  | RecordOutputFiles
  | CompleteAttempt
  | AbandonAttempt
  | RequestCancellation
  | EraseSubmission

export type SubmissionRefusal = Readonly<
  | { _tag: 'UnknownSubmission' }
  | { _tag: 'AlreadyReceived' }
  | { _tag: 'AlreadyEnded'; status: 'completed' | 'failed' | 'cancelled' | 'erased' }
  | { _tag: 'NotEnded'; phase: 'waiting' | 'running' }
  | { _tag: 'StoredInPlain' }
  | { _tag: 'AlreadyRunning'; attempt: number }
  | { _tag: 'StaleAttempt'; attempt: number; current: number | null }
  | { _tag: 'OutOfOrder'; what: string }
>
