import * as t from 'io-ts'
import { naturalNumber, positiveInteger } from '../types/primitives.ts'
import { sealedText } from '../types/sealed-text.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const known = { attempt: positiveInteger, file: naturalNumber, offset: naturalNumber }

/** A piece of a file of OutputFilesCollected: `file` counts from 0, `offset` in bytes; `bytes` is base64. */
export const outputFileChunk = domainEventCodec('OutputFileChunk', 1, t.strict({ ...known, bytes: t.string }))
export type OutputFileChunk = t.TypeOf<typeof outputFileChunk>

/** The same as the log keeps it: `sealed` holds `size` raw bytes. */
export const sealedOutputFileChunk = domainEventCodec(
  'OutputFileChunk',
  2,
  t.strict({ ...known, size: naturalNumber, sealed: sealedText }),
)
export type SealedOutputFileChunk = t.TypeOf<typeof sealedOutputFileChunk>
