import type { CompilationCompleted } from '@runledger/shared-kernel/domain-events/compilation-completed.ts'
import type { ExecutionCompleted } from '@runledger/shared-kernel/domain-events/execution-completed.ts'
import type { ExecutionFailed } from '@runledger/shared-kernel/domain-events/execution-failed.ts'
import type { ExecutionStarted } from '@runledger/shared-kernel/domain-events/execution-started.ts'
import type { OutputChunk } from '@runledger/shared-kernel/domain-events/output-chunk.ts'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import { usageOf } from '@runledger/shared-kernel/types/usage.ts'
import type { Handled } from '../../projector/define-projection.ts'
import type { Row } from '../../projector/projection.ts'
import { attemptKey, type InputRow, type OutputRow, outputOf, type ResultBody } from './result-body.ts'

type Handling = Handled<ResultBody>

const only = (body: ResultBody): Handling => ({ body, rows: [] })

const inputRowOf = (submissionId: string, data: SubmissionReceived['data']): Row => {
  const { form, files, entry, args, stdin } = data
  const body: InputRow = { form, files, entry, args, stdin }
  return { collection: 'input', id: submissionId, body }
}

// Offsets are padded so that rows come sorted by stream and offset.
const outputRowOf = (submissionId: string, attempt: number, piece: Omit<OutputRow, 'attempt'>): Row => {
  const key = attemptKey(submissionId, attempt)
  const id = `${outputOf(key)}${piece.stream}:${String(piece.offset).padStart(12, '0')}`
  return { collection: 'output', id, body: { attempt: key, ...piece } }
}

const received = (submissionId: string, data: SubmissionReceived['data'], recorded: RecordedEvent): Handling => ({
  body: {
    submissionId,
    tenant: recorded.meta.tenant,
    status: 'pending',
    language: data.language,
    requestedLanguage: data.requestedLanguage,
    limits: data.limits,
    compileLimits: data.compileLimits,
    replayOf: data.replayOf,
    attempt: 0,
    started: null,
    compilation: null,
    verdict: null,
    error: null,
    receivedAt: recorded.occurredAt,
    endedAt: null,
  },
  rows: [inputRowOf(submissionId, data)],
})

const started = (body: ResultBody, data: ExecutionStarted['data'], at: string): Handling => {
  const { attempt, languageVersion, imageDigest } = data
  return only({ ...body, attempt, started: { at, languageVersion, imageDigest }, compilation: null })
}

const compiled = (body: ResultBody, data: CompilationCompleted['data']): Handling => {
  const { attempt, exitCode, signal, truncated, usage, cached } = data
  const bytes = decodeBytes(data.output).toString('base64')
  return {
    body: { ...body, compilation: { exitCode, signal, truncated, usage, cached } },
    rows: [outputRowOf(body.submissionId, attempt, { stream: 'compiler', offset: 0, bytes })],
  }
}

const wrote = (body: ResultBody, { attempt, stream, offset, bytes }: OutputChunk['data']): Handling => ({
  body,
  rows: [outputRowOf(body.submissionId, attempt, { stream, offset, bytes })],
})

const completed = (body: ResultBody, data: ExecutionCompleted['data'], at: string): Handling => {
  const { outcome, reason, exitCode, signal, usage, output } = data
  const truncated = { stdout: output.stdout.truncated, stderr: output.stderr.truncated }
  const verdict = { outcome, reason, exitCode, signal, usage: usage === null ? null : usageOf(usage), truncated }
  return only({ ...body, status: 'completed', verdict, endedAt: at })
}

const causeOf = ({ why, detail }: ExecutionFailed['data']): string => (why === null ? detail : `${why}: ${detail}`)

const abandoned = (body: ResultBody): Handling => only({ ...body, started: null, compilation: null })

/** What an event makes of the result of its submission. A first event other than SubmissionReceived is a broken stream. */
export const handleEvent =
  (submissionId: string) =>
  (known: ResultBody | null, recorded: RecordedEvent): Handling => {
    const { event, occurredAt } = recorded
    if (event.type === 'SubmissionReceived') return received(submissionId, event.data, recorded)
    if (known === null) throw new Error(`${event.type} before SubmissionReceived`)
    switch (event.type) {
      case 'ExecutionStarted':
        return started(known, event.data, occurredAt)
      case 'CompilationCompleted':
        return compiled(known, event.data)
      case 'OutputChunk':
        return wrote(known, event.data)
      case 'ExecutionCompleted':
        return completed(known, event.data, occurredAt)
      case 'ExecutionAbandoned':
        return abandoned(known)
      case 'ExecutionFailed':
        return only({ ...known, status: 'failed', error: causeOf(event.data), endedAt: occurredAt })
      case 'SubmissionCancelled':
        return only({ ...known, status: 'cancelled', error: event.data.why, endedAt: occurredAt })
      case 'CancellationRequested':
        return only(known)
    }
  }
