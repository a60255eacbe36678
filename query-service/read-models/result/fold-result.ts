import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Row } from '../../projector/projection.ts'
import {
  decodeAnnouncedRow,
  decodeCaseRow,
  decodeFilePieceRow,
  decodeInputRow,
  decodeOutputRow,
  decodeResultBody,
} from './decode-result.ts'
import { hasContent, type Result, type StoredContent, type StoredFiles } from './result.ts'
import { attemptKey, type ResultBody } from './result-body.ts'
import { resultProjection } from './result-projection.ts'

const filesOf = (rows: ReadonlyArray<Row>, ofAttempt: string): StoredFiles | null => {
  const announced = rows
    .filter(({ collection }) => collection === 'announced')
    .map(row => decodeAnnouncedRow(row.body))
    .find(({ attempt }) => attempt === ofAttempt)
  if (announced === undefined) return null
  const pieces = rows.filter(({ collection }) => collection === 'files').map(row => decodeFilePieceRow(row.body))
  return { announced, pieces: pieces.filter(({ attempt }) => attempt === ofAttempt) }
}

const contentOf = (body: ResultBody, rows: ReadonlyArray<Row>): StoredContent => {
  const [input] = rows.filter(({ collection }) => collection === 'input')
  if (input === undefined) throw new Error(`the input of submission ${body.submissionId} is missing`)
  const written = rows.filter(() => body.status === 'completed').toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const isOfAttempt = ({ attempt }: Readonly<{ attempt: string }>): boolean =>
    attempt === attemptKey(body.submissionId, body.attempt)
  const output = written.filter(({ collection }) => collection === 'output').map(row => decodeOutputRow(row.body))
  const cases = written.filter(({ collection }) => collection === 'tests').map(row => decodeCaseRow(row.body))
  return {
    input: decodeInputRow(input.body),
    output: output.filter(isOfAttempt),
    cases: cases.filter(isOfAttempt),
    files: filesOf(written, attemptKey(body.submissionId, body.attempt)),
  }
}

/** The result a stream's events tell by themselves, without the read model; null where there are none. */
export const foldResult = (events: ReadonlyArray<RecordedEvent>): Result | null => {
  const [first] = events
  const id = first === undefined ? null : resultProjection.documentOf(first)
  if (id === null) return null
  const { body: folded, version, rows, poison } = resultProjection.fold(null, events, id)
  if (poison !== null) throw new Error(`stream ${poison.event.stream} cannot be folded: ${poison.error}`)
  if (folded === null) return null
  const body = decodeResultBody(folded)
  return { version, body, content: hasContent(body) ? contentOf(body, rows) : null }
}
