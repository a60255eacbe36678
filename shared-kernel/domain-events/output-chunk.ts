import * as t from 'io-ts'
import { naturalNumber, positiveInteger } from '../types/primitives.ts'
import { sealedText } from '../types/sealed-text.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const known = {
  attempt: positiveInteger,
  phase: t.literal('run'),
  stream: t.keyof({ stdout: null, stderr: null }),
  offset: naturalNumber,
  at: naturalNumber,
}

/** `offset` counts bytes within the stream; `at` is milliseconds since the program started; `bytes` is base64. */
export const outputChunk = domainEventCodec('OutputChunk', 1, t.strict({ ...known, bytes: t.string }))
export type OutputChunk = t.TypeOf<typeof outputChunk>

/** The same as the log keeps it: `sealed` holds `size` raw bytes. */
export const sealedOutputChunk = domainEventCodec(
  'OutputChunk',
  2,
  t.strict({ ...known, size: naturalNumber, sealed: sealedText }),
)
export type SealedOutputChunk = t.TypeOf<typeof sealedOutputChunk>
