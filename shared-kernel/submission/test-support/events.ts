import type { CancellationRequested } from '../../domain-events/cancellation-requested.ts'
import type { CompilationCompleted } from '../../domain-events/compilation-completed.ts'
import type { AbandonReason, ExecutionAbandoned } from '../../domain-events/execution-abandoned.ts'
import type { ExecutionCompleted } from '../../domain-events/execution-completed.ts'
import type { ExecutionFailed } from '../../domain-events/execution-failed.ts'
import type { ExecutionStarted } from '../../domain-events/execution-started.ts'
import type { OutputChunk } from '../../domain-events/output-chunk.ts'
import type { OutputFileChunk } from '../../domain-events/output-file-chunk.ts'
import type { OutputFilesCollected } from '../../domain-events/output-files-collected.ts'
import type { SubmissionCancelled } from '../../domain-events/submission-cancelled.ts'
import type { SubmissionReceived } from '../../domain-events/submission-received.ts'
import type { TestCaseCompleted } from '../../domain-events/test-case-completed.ts'
import type { Limits } from '../../types/limits.ts'

const limits: Limits = {
  cpuTimeMs: 1,
  wallTimeMs: 1,
  memoryBytes: 1,
  processes: 1,
  outputBytes: 1,
  fileBytes: 1,
  tmpfsBytes: 1,
  stackBytes: 1,
}

export const submission: SubmissionReceived['data'] = {
  language: 'python',
  requestedLanguage: 'py',
  form: 'code',
  files: [{ name: 'main.py', content: 'print(1)', encoding: 'utf8' }],
  entry: 'main.py',
  stdin: { content: '', encoding: 'utf8' },
  args: [],
  limits,
  compileLimits: limits,
  replayOf: null,
}

export const worker: Omit<ExecutionStarted['data'], 'attempt'> = {
  workerId: 'worker',
  incarnation: 'incarnation',
  budgetMs: 1_000,
  languageVersion: '3.13',
  imageDigest: 'sha256:0',
}

export const compilation = (attempt: number): CompilationCompleted['data'] => ({
  attempt,
  exitCode: null,
  signal: null,
  output: { content: '', encoding: 'utf8' },
  truncated: false,
  usage: { cpuMs: 1, wallMs: 1, memoryBytes: 1, memorySource: 'cgroup' },
  cached: false,
})

type Chunk = Omit<OutputChunk['data'], 'attempt'>

export const chunk = (stream: Chunk['stream'], offset: number, text: string): Chunk => ({
  phase: 'run',
  stream,
  offset,
  bytes: Buffer.from(text).toString('base64'),
  at: 1,
})

export const testCase = (index: number): Omit<TestCaseCompleted['data'], 'attempt'> => ({
  index,
  outcome: 'accepted',
  reason: null,
  exitCode: null,
  signal: null,
  usage: null,
  output: { stdout: { bytes: 3, truncated: false }, stderr: { bytes: 0, truncated: false } },
  stdout: { content: 'ab\n', encoding: 'utf8' },
  stderr: { content: '', encoding: 'utf8' },
})

export const completion = (attempt: number, stdout = 0, stderr = 0): ExecutionCompleted['data'] => ({
  attempt,
  outcome: 'success',
  reason: null,
  exitCode: null,
  signal: null,
  usage: null,
  output: { stdout: { bytes: stdout, truncated: false }, stderr: { bytes: stderr, truncated: false } },
})

export const received: SubmissionReceived = { type: 'SubmissionReceived', schema: 1, data: submission }

export const started = (attempt: number): ExecutionStarted => ({
  type: 'ExecutionStarted',
  schema: 1,
  data: { attempt, ...worker },
})

export const compiled = (attempt: number): CompilationCompleted => ({
  type: 'CompilationCompleted',
  schema: 1,
  data: compilation(attempt),
})

export const wrote = (attempt: number, data: Chunk): OutputChunk => ({
  type: 'OutputChunk',
  schema: 1,
  data: { attempt, ...data },
})

export const tested = (attempt: number, index: number): TestCaseCompleted => ({
  type: 'TestCaseCompleted',
  schema: 1,
  data: { attempt, ...testCase(index) },
})

export const filesCollected = (attempt: number, ...sizes: ReadonlyArray<number>): OutputFilesCollected => ({
  type: 'OutputFilesCollected',
  schema: 1,
  data: { attempt, sizes, paths: sizes.map((_, file) => `file ${file}`), leftOut: [], leftOutInAll: 0 },
})

export const fileChunk = (attempt: number, file: number, offset: number, text: string): OutputFileChunk => ({
  type: 'OutputFileChunk',
  schema: 1,
  data: { attempt, file, offset, bytes: Buffer.from(text).toString('base64') },
})

export const completed = (attempt: number, stdout = 0, stderr = 0): ExecutionCompleted => ({
  type: 'ExecutionCompleted',
  schema: 2,
  data: completion(attempt, stdout, stderr),
})

export const abandoned = (attempt: number, why: AbandonReason = 'worker_lost'): ExecutionAbandoned => ({
  type: 'ExecutionAbandoned',
  schema: 1,
  data: { attempt, why, detail: 'gone' },
})

export const failed = (attempts: number, why: AbandonReason = 'worker_lost'): ExecutionFailed => ({
  type: 'ExecutionFailed',
  schema: 2,
  data: { attempts, why, detail: 'gone' },
})

export const someone = { who: 'someone', why: 'changed my mind' }

export const cancellationRequested: CancellationRequested = { type: 'CancellationRequested', schema: 1, data: someone }

export const cancelled: SubmissionCancelled = { type: 'SubmissionCancelled', schema: 1, data: someone }
