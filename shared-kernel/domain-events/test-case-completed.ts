import * as t from 'io-ts'
import { encodedBytes } from '../types/encoded-bytes.ts'
import { outcome } from '../types/outcome.ts'
import { naturalNumber, positiveInteger } from '../types/primitives.ts'
import { sealedText } from '../types/sealed-text.ts'
import { streamTotals } from '../types/stream-totals.ts'
import { wholeUsage } from '../types/usage.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const known = {
  attempt: positiveInteger,
  index: naturalNumber,
  outcome,
  reason: t.union([t.string, t.null]),
  exitCode: t.union([t.Int, t.null]),
  signal: t.union([t.string, t.null]),
  usage: t.union([wholeUsage, t.null]),
  output: t.strict({ stdout: streamTotals, stderr: streamTotals }),
}

const written = { stdout: encodedBytes, stderr: encodedBytes }

/** What a case wrote, as far as it is kept. */
export const caseOutput = t.strict(written, 'CaseOutput')

/** One case has run: `index` counts from 0, `stdout` and `stderr` are the beginnings of what `output` says was written. */
export const testCaseCompleted = domainEventCodec('TestCaseCompleted', 1, t.strict({ ...known, ...written }))
export type TestCaseCompleted = t.TypeOf<typeof testCaseCompleted>

/** The same as the log keeps it: `sealed` holds the JSON of both beginnings. */
export const sealedTestCaseCompleted = domainEventCodec(
  'TestCaseCompleted',
  2,
  t.strict({ ...known, sealed: sealedText }),
)
export type SealedTestCaseCompleted = t.TypeOf<typeof sealedTestCaseCompleted>
