import { collectedNames } from '@runledger/shared-kernel/domain-events/output-files-collected.ts'
import { caseOutput } from '@runledger/shared-kernel/domain-events/test-case-completed.ts'
import type { KeyStoreFault } from '@runledger/shared-kernel/sealing/key-store.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import type { DataKey } from '@runledger/shared-kernel/sealing/seal-bytes.ts'
import { openSealed } from '@runledger/shared-kernel/sealing/seal-event.ts'
import { secretIn } from '@runledger/shared-kernel/sealing/secret-text.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { quickDecoder } from '@runledger/shared-kernel/types/quick-decoder.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Content, OpenFiles, OpenResult, Result, StoredContent, StoredFiles } from './result.ts'
import { isErased } from './result.ts'
import {
  type AnnouncedRow,
  type CaseRow,
  type FilePieceRow,
  type InputRow,
  inputRow,
  type OutputRow,
  type SealedContent,
  type StoredAnnouncedRow,
  type StoredCaseRow,
  type StoredFilePieceRow,
  type StoredInputRow,
  type StoredOutputRow,
} from './result-body.ts'

type Open = (sealed: SealedContent) => Buffer

// The read model is written by this code alone: what does not open with its own key is a defect, not an answer.
const opening =
  (key: DataKey, stream: string): Open =>
  ({ event, text }) => {
    const bytes = openSealed(key, { stream, id: event }, text)
    if (bytes === null) throw new Error(`what event ${event} of ${stream} has sealed does not open`)
    return bytes
  }

const decodeInput = quickDecoder(inputRow)

const openInput = (open: Open, stored: StoredInputRow): InputRow => {
  if (!('sealed' in stored)) return stored
  const decoded = decodeInput({ form: stored.form, ...secretIn(open(stored.sealed).toString('utf8')) })
  if (E.isLeft(decoded)) throw new Error(`what event ${stored.sealed.event} has sealed is no input`)
  return decoded.right
}

const openOutput =
  (open: Open) =>
  (stored: StoredOutputRow): OutputRow => {
    if (!('sealed' in stored)) return stored
    const { sealed, ...piece } = stored
    return { ...piece, bytes: open(sealed).toString('base64') }
  }

const openCase =
  (open: Open) =>
  (stored: StoredCaseRow): CaseRow => {
    if (!('sealed' in stored)) return stored
    const { sealed, ...ran } = stored
    const written = caseOutput.decode(JSON.parse(open(sealed).toString('utf8')))
    if (E.isLeft(written)) throw new Error(`what event ${sealed.event} has sealed is no output of a test case`)
    return { ...ran, written: written.right }
  }

const openAnnounced = (open: Open, stored: StoredAnnouncedRow): AnnouncedRow => {
  if (!('sealed' in stored)) return stored
  const { sealed, ...row } = stored
  const names = collectedNames.decode(JSON.parse(open(sealed).toString('utf8')))
  if (E.isLeft(names)) throw new Error(`what event ${sealed.event} has sealed are no names of files`)
  return { ...row, names: names.right }
}

const openPiece =
  (open: Open) =>
  (stored: StoredFilePieceRow): FilePieceRow => {
    if (!('sealed' in stored)) return stored
    const { sealed, ...piece } = stored
    return { ...piece, bytes: open(sealed).toString('base64') }
  }

const openFiles = (open: Open, { announced, pieces }: StoredFiles): OpenFiles => ({
  announced: openAnnounced(open, announced),
  pieces: pieces.map(openPiece(open)),
})

const openContent = (open: Open, { input, output, cases, files }: StoredContent): Content => ({
  input: openInput(open, input),
  output: output.map(openOutput(open)),
  cases: cases.map(openCase(open)),
  files: files === null ? null : openFiles(open, files),
})

const rowsIn = (files: StoredFiles | null) => (files === null ? [] : [files.announced, ...files.pieces])

const isPlain = ({ input, output, cases, files }: StoredContent): boolean =>
  ![input, ...output, ...cases, ...rowsIn(files)].some(row => 'sealed' in row)

const noKey: Open = ({ event }) => {
  throw new Error(`event ${event} is sealed, and was taken for plain`)
}

export type ReadOpen = (result: Result) => TE.TaskEither<KeyStoreFault, OpenResult>

/** A result with its content in plain, or without where its key is gone. */
export const openResult =
  (keyring: Pick<Keyring, 'keyOf'>): ReadOpen =>
  result => {
    const { body, content } = result
    if (content === null) return TE.right({ ...result, content, erased: isErased(body) })
    if (isPlain(content)) return TE.right({ ...result, content: openContent(noKey, content), erased: false })
    const stream = submissionStream(body.submissionId as SubmissionId)
    return pipe(
      keyring.keyOf(stream),
      TE.map(key =>
        key === null
          ? { ...result, content: null, erased: true }
          : { ...result, content: openContent(opening(key, stream), content), erased: false },
      ),
    )
  }
