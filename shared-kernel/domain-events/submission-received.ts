import * as t from 'io-ts'
import { encodedBytes } from '../types/encoded-bytes.ts'
import { submissionId } from '../types/ids.ts'
import { limits } from '../types/limits.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const sourceFile = t.intersection([t.strict({ name: t.string }), encodedBytes], 'SourceFile')

/** Which image a replay is to run on: that of the replayed, where it is still to be had, or the current one. */
export const replayImage = t.keyof({ original: null, current: null }, 'original or current')
export type ReplayImage = t.TypeOf<typeof replayImage>

/** What came later, and is there only where it was asked for: without a `replayImage`, `original` was meant. */
const later = t.exact(t.partial({ replayImage, compileArgs: t.readonlyArray(t.string) }))

export const submissionReceived = domainEventCodec(
  'SubmissionReceived',
  1,
  t.intersection([
    t.strict({
      language: t.string,
      requestedLanguage: t.string,
      form: t.keyof({ code: null, files: null }),
      files: t.readonlyArray(sourceFile),
      entry: t.string,
      stdin: encodedBytes,
      args: t.readonlyArray(t.string),
      limits,
      compileLimits: limits,
      replayOf: t.union([submissionId, t.null]),
    }),
    later,
  ]),
)
export type SubmissionReceived = t.TypeOf<typeof submissionReceived>
