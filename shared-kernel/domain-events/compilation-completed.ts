import * as t from 'io-ts'
import { encodedBytes } from '../types/encoded-bytes.ts'
import { positiveInteger } from '../types/primitives.ts'
import { usage } from '../types/usage.ts'
import { domainEventCodec } from './domain-event-codec.ts'

export const compilationCompleted = domainEventCodec(
  'CompilationCompleted',
  1,
  t.strict({
    attempt: positiveInteger,
    exitCode: t.union([t.Int, t.null]),
    signal: t.union([t.string, t.null]),
    output: encodedBytes,
    truncated: t.boolean,
    usage,
    cached: t.boolean,
  }),
)
export type CompilationCompleted = t.TypeOf<typeof compilationCompleted>
