import type {
  AnnouncedRow,
  CaseRow,
  FilePieceRow,
  InputRow,
  OutputRow,
  ResultBody,
  StoredAnnouncedRow,
  StoredCaseRow,
  StoredFilePieceRow,
  StoredInputRow,
  StoredOutputRow,
} from './result-body.ts'

/** Which files the last attempt left, and all pieces of them in order. */
type Files<Announced, Piece> = Readonly<{ announced: Announced; pieces: ReadonlyArray<Piece> }>
export type StoredFiles = Files<StoredAnnouncedRow, StoredFilePieceRow>
export type OpenFiles = Files<AnnouncedRow, FilePieceRow>

/**
 * What was submitted, and what the last attempt wrote, by stream and offset, by test case and by file, as it is stored.
 * `files` is null where none were looked for.
 */
export type StoredContent = Readonly<{
  input: StoredInputRow
  output: ReadonlyArray<StoredOutputRow>
  cases: ReadonlyArray<StoredCaseRow>
  files: StoredFiles | null
}>

/** The same in plain. */
export type Content = Readonly<{
  input: InputRow
  output: ReadonlyArray<OutputRow>
  cases: ReadonlyArray<CaseRow>
  files: OpenFiles | null
}>

/**
 * What is known of a submission after `version` events of its stream. Before the end there is no content to show: a
 * pending result is asked for often, and its attempt may yet be abandoned.
 */
export type Result = Readonly<{ version: number; body: ResultBody; content: StoredContent | null }>

/** A result to be shown. `erased`: there was content, and nobody can open it any more. */
export type OpenResult = Omit<Result, 'content'> & Readonly<{ content: Content | null; erased: boolean }>

export const isErased = (body: ResultBody): boolean => 'erased' in body

/** Whether there is content to show. */
export const hasContent = (body: ResultBody): boolean => body.status !== 'pending' && !isErased(body)
