import type {
  CaseRow,
  InputRow,
  OutputRow,
  ResultBody,
  StoredCaseRow,
  StoredInputRow,
  StoredOutputRow,
} from './result-body.ts'

/** What was submitted, and what the last attempt wrote, by stream and offset and by test case, as it is stored. */
export type StoredContent = Readonly<{
  input: StoredInputRow
  output: ReadonlyArray<StoredOutputRow>
  cases: ReadonlyArray<StoredCaseRow>
}>

/** The same in plain. */
export type Content = Readonly<{
  input: InputRow
  output: ReadonlyArray<OutputRow>
  cases: ReadonlyArray<CaseRow>
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
