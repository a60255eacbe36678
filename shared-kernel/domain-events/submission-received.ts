import * as t from 'io-ts'
import { encodedBytes } from '../types/encoded-bytes.ts'
import { submissionId } from '../types/ids.ts'
import { limits } from '../types/limits.ts'
import { outputLimits } from '../types/output-limits.ts'
import { sealedText } from '../types/sealed-text.ts'
import { testPlan } from '../types/test-plan.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const sourceFile = t.intersection([t.strict({ name: t.string }), encodedBytes], 'SourceFile')

/** Which image a replay is to run on: that of the replayed, where it is still to be had, or the current one. */
export const replayImage = t.keyof({ original: null, current: null }, 'original or current')
export type ReplayImage = t.TypeOf<typeof replayImage>

/** What came later, and is there only where it was asked for: without a `replayImage`, `original` was meant. */
const laterMembers = { replayImage, compileArgs: t.readonlyArray(t.string), outputLimits }
const later = t.exact(t.partial(laterMembers))

/**
 * The same of what is secret: without `tests`, the program is run once and not judged by what it writes; without
 * `outputs`, which are patterns of paths and come together with `outputLimits`, no file it leaves is kept.
 */
const secretLater = t.exact(t.partial({ tests: testPlan, outputs: t.readonlyArray(t.string) }))

/** What is no secret, and stays when the rest is erased. */
const known = {
  language: t.string,
  requestedLanguage: t.string,
  form: t.keyof({ code: null, files: null }),
  limits,
  compileLimits: limits,
  replayOf: t.union([submissionId, t.null]),
}

export const submissionReceived = domainEventCodec(
  'SubmissionReceived',
  1,
  t.intersection([
    t.strict({
      ...known,
      files: t.readonlyArray(sourceFile),
      entry: t.string,
      stdin: encodedBytes,
      args: t.readonlyArray(t.string),
    }),
    later,
    secretLater,
  ]),
)
export type SubmissionReceived = t.TypeOf<typeof submissionReceived>

/** Whether a member stays in plain; every other one is sealed. */
export const isKnownMember = (name: string): boolean => name in known || name in laterMembers

/** The same as the log keeps it: `sealed` holds every member that is not known here, see `sealing/secret-text.ts`. */
export const sealedSubmissionReceived = domainEventCodec(
  'SubmissionReceived',
  2,
  t.intersection([t.strict({ ...known, sealed: sealedText }), later]),
)
export type SealedSubmissionReceived = t.TypeOf<typeof sealedSubmissionReceived>
