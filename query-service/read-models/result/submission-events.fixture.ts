import { randomUUID } from 'node:crypto'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { encodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { Outcome } from '@runledger/shared-kernel/types/outcome.ts'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'

const limits = {
  cpuTimeMs: 5000,
  wallTimeMs: 10_000,
  memoryBytes: 268_435_456,
  processes: 64,
  outputBytes: 1_048_576,
  fileBytes: 16_777_216,
  tmpfsBytes: 67_108_864,
  stackBytes: 67_108_864,
}

const success = 0 as t.Int

const usage = {
  ...{ cpuMs: 12, cpuUserMs: 9, cpuSystemMs: 3, wallMs: 34 },
  ...{ memoryBytes: 5_000_000, memorySource: 'cgroup' as const },
}

export const newSubmissionId = (): SubmissionId => randomUUID() as SubmissionId

export const received = (data: Partial<SubmissionReceived['data']> = {}): DomainEvent => ({
  type: 'SubmissionReceived',
  schema: 1,
  data: {
    language: 'python',
    requestedLanguage: 'Py',
    form: 'code',
    files: [{ name: 'main.py', content: 'print(1)', encoding: 'utf8' }],
    entry: 'main.py',
    stdin: { content: 'in', encoding: 'utf8' },
    args: [],
    limits,
    compileLimits: limits,
    replayOf: null,
    ...data,
  },
})

export const started = (attempt = 1): DomainEvent => ({
  type: 'ExecutionStarted',
  schema: 1,
  data: {
    attempt,
    workerId: 'worker',
    incarnation: 'first',
    budgetMs: 60_000,
    languageVersion: '3.13.5',
    imageDigest: 'sha256:0',
  },
})

export const compiled = (content: string, attempt = 1): DomainEvent => ({
  type: 'CompilationCompleted',
  schema: 1,
  data: {
    attempt,
    exitCode: success,
    signal: null,
    output: { content, encoding: 'utf8' },
    truncated: false,
    usage,
    cached: false,
  },
})

type Piece = Readonly<{ stream?: 'stdout' | 'stderr'; offset?: number; bytes: Uint8Array | string; attempt?: number }>

export const wrote = ({ stream = 'stdout', offset = 0, bytes, attempt = 1 }: Piece): DomainEvent => ({
  type: 'OutputChunk',
  schema: 1,
  data: { attempt, phase: 'run', stream, offset, bytes: Buffer.from(bytes).toString('base64'), at: 1 },
})

export const completed = (outcome: Outcome = 'success', attempt = 1): DomainEvent => ({
  type: 'ExecutionCompleted',
  schema: 2,
  data: {
    attempt,
    outcome,
    reason: null,
    exitCode: success,
    signal: null,
    usage,
    output: { stdout: { bytes: 2, truncated: false }, stderr: { bytes: 0, truncated: false } },
  },
})

export const judged = (attempt: number, cases: number): DomainEvent => ({
  type: 'ExecutionCompleted',
  schema: 2,
  data: {
    ...{ attempt, outcome: 'success', reason: null, exitCode: success, signal: null, usage },
    output: { stdout: { bytes: 0, truncated: false }, stderr: { bytes: 0, truncated: false } },
    tests: { total: cases, run: cases, passed: cases },
  },
})

export const tested = (index: number, stdout: Buffer, attempt = 1): DomainEvent => ({
  type: 'TestCaseCompleted',
  schema: 1,
  data: {
    ...{ attempt, index, outcome: 'success', reason: null, exitCode: success, signal: null, usage },
    output: { stdout: { bytes: stdout.length, truncated: false }, stderr: { bytes: 0, truncated: false } },
    ...{ stdout: encodeBytes(stdout), stderr: encodeBytes(Buffer.alloc(0)) },
  },
})

type Cut = ReadonlyArray<Readonly<{ file: number; size: number }>>

export const announced = (
  paths: ReadonlyArray<string>,
  sizes: ReadonlyArray<number>,
  attempt = 1,
  cut?: Cut,
): DomainEvent => ({
  type: 'OutputFilesCollected',
  schema: 1,
  data: {
    ...{ attempt, sizes, paths, leftOut: [{ path: 'z', reason: 'too_many' }], leftOutInAll: 1 },
    ...(cut === undefined ? {} : { cut }),
  },
})

export const filled = (file: number, offset: number, bytes: Uint8Array | string, attempt = 1): DomainEvent => ({
  type: 'OutputFileChunk',
  schema: 1,
  data: { attempt, file, offset, bytes: Buffer.from(bytes).toString('base64') },
})

export const abandoned = (attempt = 1): DomainEvent => ({
  type: 'ExecutionAbandoned',
  schema: 1,
  data: { attempt, why: 'worker_lost', detail: 'killed' },
})

export const failed = (detail: string): DomainEvent => ({
  type: 'ExecutionFailed',
  schema: 2,
  data: { attempts: 3, why: null, detail },
})

export const cancelled = (why: string): DomainEvent => ({
  type: 'SubmissionCancelled',
  schema: 1,
  data: { who: 'client', why },
})

/** Appends events to a submission's stream as one commit, whatever they are. */
export const append = async (
  log: EventLog,
  id: SubmissionId,
  events: ReadonlyArray<DomainEvent>,
  occurredAt = '2026-01-02T03:04:05.678Z',
): Promise<Position> => {
  const appended = await log.transact({
    stream: submissionStream(id),
    commandId: randomUUID() as CommandId,
    meta: { correlationId: id, causationId: id, actor: 'test', tenant: 'anonymous', traceparent: null },
    occurredAt,
    remembered: { version: 0, state: null },
    evolve: () => null,
    decide: () => right(events),
  })()
  if (isLeft(appended)) throw new Error(appended.left._tag)
  if (appended.right.position === null) throw new Error('nothing was appended')
  return appended.right.position
}
