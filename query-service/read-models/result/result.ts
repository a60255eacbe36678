import type { InputRow, OutputRow, ResultBody } from './result-body.ts'

/** What was submitted, and what the last attempt wrote, by stream and offset. */
export type Content = Readonly<{ input: InputRow; output: ReadonlyArray<OutputRow> }>

/**
 * What is known of a submission after `version` events of its stream. Before the end there is no content to show: a
 * pending result is asked for often, and its attempt may yet be abandoned.
 */
export type Result = Readonly<{ version: number; body: ResultBody; content: Content | null }>
