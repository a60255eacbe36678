import { collectedNames, cutFiles } from '@runledger/shared-kernel/domain-events/output-files-collected.ts'
import { caseOutput } from '@runledger/shared-kernel/domain-events/test-case-completed.ts'
import { limits } from '@runledger/shared-kernel/types/limits.ts'
import { outcome } from '@runledger/shared-kernel/types/outcome.ts'
import { outputLimits } from '@runledger/shared-kernel/types/output-limits.ts'
import { naturalNumber } from '@runledger/shared-kernel/types/primitives.ts'
import { sealedText } from '@runledger/shared-kernel/types/sealed-text.ts'
import { testPlan } from '@runledger/shared-kernel/types/test-plan.ts'
import { testSummary } from '@runledger/shared-kernel/types/test-summary.ts'
import { usage } from '@runledger/shared-kernel/types/usage.ts'
import * as t from 'io-ts'
import { erasedMark } from '../erased-mark.ts'

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null])

const compilation = t.strict({
  exitCode: nullable(t.Int),
  signal: nullable(t.string),
  truncated: t.boolean,
  usage,
  cached: t.boolean,
})

const truncated = t.strict({ stdout: t.boolean, stderr: t.boolean })

const howItEnded = {
  outcome,
  reason: nullable(t.string),
  exitCode: nullable(t.Int),
  signal: nullable(t.string),
  usage: nullable(usage),
  truncated,
}

/** `tests` only where it was judged by test cases. */
const verdict = t.intersection([t.strict(howItEnded), t.exact(t.partial({ tests: testSummary }))])

const started = t.strict({ at: t.string, languageVersion: t.string, imageDigest: t.string })

const known = t.strict({
  submissionId: t.string,
  tenant: t.string,
  status: t.keyof({ pending: null, completed: null, failed: null, cancelled: null }),
  language: t.string,
  requestedLanguage: t.string,
  limits,
  compileLimits: limits,
  replayOf: nullable(t.string),
  attempt: naturalNumber,
  started: nullable(started),
  compilation: nullable(compilation),
  verdict: nullable(verdict),
  error: nullable(t.string),
  receivedAt: t.string,
  endedAt: nullable(t.string),
})

/** Only where files were asked for. */
const askedFor = t.exact(t.partial({ outputLimits }))

/**
 * One submission as its events tell it. `attempt` is the last one, 0 before the first; `started` and `compilation` are
 * that attempt's and null once it was abandoned. Program text, input and output are rows of their own.
 */
export const resultBody = t.intersection([known, askedFor, erasedMark], 'ResultBody')
export type ResultBody = t.TypeOf<typeof resultBody>

/** What an event of the log holds sealed, as it is there: `event` is its id, which the seal is bound to. */
const sealedContent = t.strict({ event: t.string, text: sealedText }, 'SealedContent')
export type SealedContent = t.TypeOf<typeof sealedContent>

const form = t.keyof({ code: null, files: null })

/** What was submitted, written once. */
export const inputRow = t.intersection(
  [
    t.strict({
      form,
      files: t.readonlyArray(
        t.strict({ name: t.string, content: t.string, encoding: t.keyof({ utf8: null, base64: null }) }),
      ),
      entry: t.string,
      args: t.readonlyArray(t.string),
      stdin: t.strict({ content: t.string, encoding: t.keyof({ utf8: null, base64: null }) }),
    }),
    t.exact(t.partial({ tests: testPlan, outputs: t.readonlyArray(t.string) })),
  ],
  'InputRow',
)
export type InputRow = t.TypeOf<typeof inputRow>

const sealedInputRow = t.strict({ form, sealed: sealedContent }, 'SealedInputRow')

/** In plain only where a release that did not seal yet received it. */
export const storedInputRow = t.union([sealedInputRow, inputRow], 'StoredInputRow')
export type StoredInputRow = t.TypeOf<typeof storedInputRow>

const piece = {
  attempt: t.string,
  stream: t.keyof({ stdout: null, stderr: null, compiler: null }),
  offset: naturalNumber,
}

/** A piece of what one attempt wrote; `bytes` is base64 and begins at `offset` of its stream. */
const outputRow = t.strict({ ...piece, bytes: t.string }, 'OutputRow')
export type OutputRow = t.TypeOf<typeof outputRow>

const sealedOutputRow = t.strict({ ...piece, sealed: sealedContent }, 'SealedOutputRow')

export const storedOutputRow = t.union([sealedOutputRow, outputRow], 'StoredOutputRow')
export type StoredOutputRow = t.TypeOf<typeof storedOutputRow>

const ranCase = { attempt: t.string, index: naturalNumber, ...howItEnded }

/** One test case that has run, in its attempt, and what is kept of what it wrote. */
const caseRow = t.strict({ ...ranCase, written: caseOutput }, 'CaseRow')
export type CaseRow = t.TypeOf<typeof caseRow>

const sealedCaseRow = t.strict({ ...ranCase, sealed: sealedContent }, 'SealedCaseRow')

export const storedCaseRow = t.union([sealedCaseRow, caseRow], 'StoredCaseRow')
export type StoredCaseRow = t.TypeOf<typeof storedCaseRow>

const announced = { attempt: t.string, sizes: t.readonlyArray(naturalNumber), leftOutInAll: naturalNumber }

/** Which files an attempt left. */
const announcedRow = t.intersection([t.strict({ ...announced, names: collectedNames }), cutFiles], 'AnnouncedRow')
export type AnnouncedRow = t.TypeOf<typeof announcedRow>

const filePiece = { attempt: t.string, file: naturalNumber, offset: naturalNumber }

/** A piece of one of them, as of output. */
const filePieceRow = t.strict({ ...filePiece, bytes: t.string }, 'FilePieceRow')
export type FilePieceRow = t.TypeOf<typeof filePieceRow>

const sealedAnnouncedRow = t.intersection(
  [t.strict({ ...announced, sealed: sealedContent }), cutFiles],
  'SealedAnnouncedRow',
)
const sealedFilePieceRow = t.strict({ ...filePiece, sealed: sealedContent }, 'SealedFilePieceRow')

export const storedAnnouncedRow = t.union([sealedAnnouncedRow, announcedRow], 'StoredAnnouncedRow')
export type StoredAnnouncedRow = t.TypeOf<typeof storedAnnouncedRow>

export const storedFilePieceRow = t.union([sealedFilePieceRow, filePieceRow], 'StoredFilePieceRow')
export type StoredFilePieceRow = t.TypeOf<typeof storedFilePieceRow>

export const attemptKey = (submissionId: string, attempt: number): string => `${submissionId}:${attempt}`

/** What the ids of an attempt's rows of output and of test cases begin with. */
export const rowsOf = (attempt: string): string => `${attempt}:`
