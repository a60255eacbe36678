import * as t from 'io-ts'
import { naturalNumber, positiveInteger } from '../types/primitives.ts'
import { domainEventCodec } from './domain-event-codec.ts'

/** `offset` counts bytes within the stream; `at` is milliseconds since the program started; `bytes` is base64. */
export const outputChunk = domainEventCodec(
  'OutputChunk',
  1,
  t.strict({
    attempt: positiveInteger,
    phase: t.literal('run'),
    stream: t.keyof({ stdout: null, stderr: null }),
    offset: naturalNumber,
    bytes: t.string,
    at: naturalNumber,
  }),
)
export type OutputChunk = t.TypeOf<typeof outputChunk>
