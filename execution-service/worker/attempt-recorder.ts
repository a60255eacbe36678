import type { CollectedFiles, RunListener } from '@runledger/sandbox/sandbox.ts'
import type { CompilationCompleted } from '@runledger/shared-kernel/domain-events/compilation-completed.ts'
import type { ExecutionCompleted } from '@runledger/shared-kernel/domain-events/execution-completed.ts'
import type { RecordTestCases, SubmissionCommand } from '@runledger/shared-kernel/submission/submission-command.ts'
import type { SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { AppendFault } from '../journal/submission-journal.ts'
import { compilationData } from './attempt-events.ts'
import { chunkBytes, createOutputBuffer } from './output-buffer.ts'
import { createFileParts, type FileParts } from './output-files.ts'

/** Raw output in one commit: as base64 and with a compiler's longest output beside it, it stays under the commit's cap. */
const commitBytes = 3 * 1024 * 1024

/** With the most that is kept of each one's output they stay under the commit's cap. */
const casesPerCommit = 256

type TestCase = RecordTestCases['cases'][number]

type Options = Readonly<{
  attempt: number
  append: (command: SubmissionCommand) => Promise<E.Either<AppendFault, SubmissionState>>
  flushMs: number
  /** The log refuses what the attempt says, or cannot take it: there is no use in running on. Told once. */
  onRefused: (cause: unknown) => void
}>

export type AttemptRecorder = Readonly<{
  listener: RunListener
  /** The next test case has been judged. */
  testCase: (data: TestCase) => void
  /** Records all that remains, with the files and the outcome. */
  complete: (data: ExecutionCompleted['data'], files?: CollectedFiles) => Promise<void>
  /** Lets an append under way end and drops the rest. */
  discard: () => Promise<void>
}>

/** Records an attempt as it goes: at most one append at a time; what comes meanwhile goes with the next. */
export const createAttemptRecorder = ({ attempt, append, flushMs, onRefused }: Options): AttemptRecorder => {
  const buffer = createOutputBuffer()
  let phase: 'running' | 'ending' | 'refused' = 'running'
  let compilation: CompilationCompleted['data'] | null = null
  let cases: ReadonlyArray<TestCase> = []
  let timer: NodeJS.Timeout | undefined
  let flushing: Promise<void> | null = null

  const refuse = (cause: unknown): void => {
    if (phase !== 'refused') onRefused(cause)
    phase = 'refused'
  }

  const record = async (command: SubmissionCommand): Promise<void> => {
    if (phase === 'refused') return
    const answer = await append(command)
    if (E.isLeft(answer)) refuse(answer.left)
  }

  const takeCompilation = () => {
    const taken = compilation
    compilation = null
    return taken
  }

  const recordOutput = () => record({ _tag: 'RecordOutput', attempt, chunks: buffer.take(commitBytes) })

  const takeCases = () => {
    const taken = cases.slice(0, casesPerCommit)
    cases = cases.slice(casesPerCommit)
    return taken
  }

  const recordCases = () => record({ _tag: 'RecordTestCases', attempt, cases: takeCases() })

  const flush = async (): Promise<void> => {
    const data = takeCompilation()
    if (data !== null) await record({ _tag: 'RecordCompilation', data })
    if (buffer.size() > 0) await recordOutput()
    if (cases.length > 0) await recordCases()
  }

  const startFlush = (): void => {
    clearTimeout(timer)
    timer = undefined
    flushing = flush()
      .catch(refuse)
      .then(() => {
        flushing = null
        schedule()
      })
  }

  const schedule = (): void => {
    if (phase !== 'running' || flushing !== null) return
    if (buffer.size() >= chunkBytes) startFlush()
    else if (buffer.size() > 0 || compilation !== null || cases.length > 0) timer ??= setTimeout(startFlush, flushMs)
  }

  const end = async (): Promise<void> => {
    if (phase === 'running') phase = 'ending'
    clearTimeout(timer)
    await flushing
  }

  const recordFiles = async (files: FileParts): Promise<void> => {
    while (files.size() > commitBytes && phase !== 'refused')
      await record({ _tag: 'RecordOutputFiles', attempt, ...files.take(commitBytes) })
  }

  const complete: AttemptRecorder['complete'] = async (data, collected) => {
    const files = createFileParts(collected)
    await end()
    while (buffer.size() > commitBytes && phase !== 'refused') await recordOutput()
    if (cases.length > casesPerCommit || buffer.size() + files.size() > commitBytes) await flush()
    while (cases.length > casesPerCommit && phase !== 'refused') await recordCases()
    await recordFiles(files)
    const rest = { chunks: buffer.take(commitBytes), cases: takeCases(), files: files.take(commitBytes) }
    await record({ _tag: 'CompleteAttempt', compilation: takeCompilation(), ...rest, data })
  }

  const listener: RunListener = {
    compiled: compiled => {
      compilation = compilationData(attempt, compiled)
      schedule()
    },
    output: output => {
      if (phase === 'running') buffer.add(output)
      schedule()
    },
  }

  const testCase = (data: TestCase): void => {
    if (phase === 'running') cases = [...cases, data]
    schedule()
  }

  return { listener, testCase, complete, discard: end }
}
