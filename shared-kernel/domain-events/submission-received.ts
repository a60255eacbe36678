import * as t from 'io-ts'
import { encodedBytes } from '../types/encoded-bytes.ts'
import { submissionId } from '../types/ids.ts'
import { limits } from '../types/limits.ts'
import { domainEventCodec } from './domain-event-codec.ts'

/** What submissions did not have from the beginning, and have only where it was asked for. */
const asked = t.exact(t.partial({ compileArgs: t.readonlyArray(t.string) }))

const sourceFile = t.intersection([t.strict({ name: t.string }), encodedBytes], 'SourceFile')

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
    asked,
  ]),
)
export type SubmissionReceived = t.TypeOf<typeof submissionReceived>
