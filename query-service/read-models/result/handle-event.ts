import type {
  CompilationCompleted,
  SealedCompilationCompleted,
} from '@runledger/shared-kernel/domain-events/compilation-completed.ts'
import type { ExecutionCompleted } from '@runledger/shared-kernel/domain-events/execution-completed.ts'
import type { ExecutionFailed } from '@runledger/shared-kernel/domain-events/execution-failed.ts'
import type { ExecutionStarted } from '@runledger/shared-kernel/domain-events/execution-started.ts'
import type { OutputChunk, SealedOutputChunk } from '@runledger/shared-kernel/domain-events/output-chunk.ts'
import type {
  SealedSubmissionReceived,
  SubmissionReceived,
} from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type {
  SealedTestCaseCompleted,
  TestCaseCompleted,
} from '@runledger/shared-kernel/domain-events/test-case-completed.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import { usageOf } from '@runledger/shared-kernel/types/usage.ts'
import type { Handled } from '../../projector/define-projection.ts'
import type { Row } from '../../projector/projection.ts'
import { announcedRowOf, filePieceRowOf } from './file-rows.ts'
import {
  attemptKey,
  type ResultBody,
  rowsOf,
  type SealedContent,
  type StoredCaseRow,
  type StoredInputRow,
  type StoredOutputRow,
} from './result-body.ts'
import { sealedIn } from './sealed-in.ts'

type Handling = Handled<ResultBody>

const only = (body: ResultBody): Handling => ({ body, rows: [] })

type Received = SubmissionReceived | SealedSubmissionReceived
type Compiled = CompilationCompleted | SealedCompilationCompleted
type Wrote = OutputChunk | SealedOutputChunk
type Tested = TestCaseCompleted | SealedTestCaseCompleted
type Ended = Pick<ExecutionCompleted['data'], 'outcome' | 'reason' | 'exitCode' | 'signal' | 'usage' | 'output'>

const inputOf = ({ schema, data }: Received, recorded: RecordedEvent): StoredInputRow => {
  if (schema === 2) return { form: data.form, sealed: sealedIn(recorded, data) }
  const { form, files, entry, args, stdin, tests, outputs } = data
  const asked = { ...(tests === undefined ? {} : { tests }), ...(outputs === undefined ? {} : { outputs }) }
  return { form, files, entry, args, stdin, ...asked }
}

const inputRowOf = (submissionId: string, body: StoredInputRow): Row => ({
  collection: 'input',
  id: submissionId,
  body,
})

type Content = Readonly<{ bytes: string } | { sealed: SealedContent }>
type Piece = Pick<StoredOutputRow, 'stream' | 'offset'> & Content

// Offsets are padded so that rows come sorted by stream and offset.
const outputRowOf = (submissionId: string, attempt: number, piece: Piece): Row => {
  const key = attemptKey(submissionId, attempt)
  const id = `${rowsOf(key)}${piece.stream}:${String(piece.offset).padStart(12, '0')}`
  return { collection: 'output', id, body: { attempt: key, ...piece } }
}

const received = (submissionId: string, event: Received, recorded: RecordedEvent): Handling => ({
  body: {
    submissionId,
    tenant: recorded.meta.tenant,
    status: 'pending',
    language: event.data.language,
    requestedLanguage: event.data.requestedLanguage,
    limits: event.data.limits,
    compileLimits: event.data.compileLimits,
    replayOf: event.data.replayOf,
    attempt: 0,
    started: null,
    compilation: null,
    verdict: null,
    error: null,
    receivedAt: recorded.occurredAt,
    endedAt: null,
    ...(event.data.outputLimits === undefined ? {} : { outputLimits: event.data.outputLimits }),
  },
  rows: [inputRowOf(submissionId, inputOf(event, recorded))],
})

const started = (body: ResultBody, data: ExecutionStarted['data'], at: string): Handling => {
  const { attempt, languageVersion, imageDigest } = data
  return only({ ...body, attempt, started: { at, languageVersion, imageDigest }, compilation: null })
}

const saidByCompiler = ({ schema, data }: Compiled, recorded: RecordedEvent): Content =>
  schema === 1 ? { bytes: decodeBytes(data.output).toString('base64') } : { sealed: sealedIn(recorded, data) }

const compiled = (body: ResultBody, event: Compiled, recorded: RecordedEvent): Handling => {
  const { attempt, exitCode, signal, truncated, usage, cached } = event.data
  const said = saidByCompiler(event, recorded)
  return {
    body: { ...body, compilation: { exitCode, signal, truncated, usage, cached } },
    rows: [outputRowOf(body.submissionId, attempt, { stream: 'compiler', offset: 0, ...said })],
  }
}

const written = ({ schema, data }: Wrote, recorded: RecordedEvent): Content =>
  schema === 1 ? { bytes: data.bytes } : { sealed: sealedIn(recorded, data) }

const wrote = (body: ResultBody, event: Wrote, recorded: RecordedEvent): Handling => {
  const { attempt, stream, offset } = event.data
  return { body, rows: [outputRowOf(body.submissionId, attempt, { stream, offset, ...written(event, recorded) })] }
}

const howItEnded = ({ outcome, reason, exitCode, signal, usage, output }: Ended) => ({
  ...{ outcome, reason, exitCode, signal, usage: usage === null ? null : usageOf(usage) },
  truncated: { stdout: output.stdout.truncated, stderr: output.stderr.truncated },
})

const writtenIn = ({ schema, data }: Tested, recorded: RecordedEvent) =>
  schema === 1 ? { written: { stdout: data.stdout, stderr: data.stderr } } : { sealed: sealedIn(recorded, data) }

// The index is padded so that rows come sorted by it.
const tested = (body: ResultBody, event: Tested, recorded: RecordedEvent): Handling => {
  const { attempt, index } = event.data
  const key = attemptKey(body.submissionId, attempt)
  const id = `${rowsOf(key)}${String(index).padStart(6, '0')}`
  const row: StoredCaseRow = { attempt: key, index, ...howItEnded(event.data), ...writtenIn(event, recorded) }
  return { body, rows: [{ collection: 'tests', id, body: row }] }
}

const completed = (body: ResultBody, data: ExecutionCompleted['data'], at: string): Handling => {
  const { tests } = data
  const verdict = { ...howItEnded(data), ...(tests === undefined ? {} : { tests }) }
  return only({ ...body, status: 'completed', verdict, endedAt: at })
}

const causeOf = ({ why, detail }: ExecutionFailed['data']): string => (why === null ? detail : `${why}: ${detail}`)

const abandoned = (body: ResultBody): Handling => only({ ...body, started: null, compilation: null })

/** What an event makes of the result of its submission. A first event other than SubmissionReceived is a broken stream. */
export const handleEvent =
  (submissionId: string) =>
  (known: ResultBody | null, recorded: RecordedEvent): Handling => {
    const { event, occurredAt } = recorded
    if (event.type === 'SubmissionReceived') return received(submissionId, event, recorded)
    if (known === null) throw new Error(`${event.type} before SubmissionReceived`)
    switch (event.type) {
      case 'ExecutionStarted':
        return started(known, event.data, occurredAt)
      case 'CompilationCompleted':
        return compiled(known, event, recorded)
      case 'OutputChunk':
        return wrote(known, event, recorded)
      case 'TestCaseCompleted':
        return tested(known, event, recorded)
      case 'OutputFilesCollected':
        return { body: known, rows: [announcedRowOf(submissionId, event, recorded)] }
      case 'OutputFileChunk':
        return { body: known, rows: [filePieceRowOf(submissionId, event, recorded)] }
      case 'ExecutionCompleted':
        return completed(known, event.data, occurredAt)
      case 'ExecutionAbandoned':
        return abandoned(known)
      case 'ExecutionFailed':
        return only({ ...known, status: 'failed', error: causeOf(event.data), endedAt: occurredAt })
      case 'SubmissionCancelled':
        return only({ ...known, status: 'cancelled', error: event.data.why, endedAt: occurredAt })
      case 'SubmissionErased':
        return only({ ...known, erased: true })
      case 'CancellationRequested':
        return only(known)
    }
  }
