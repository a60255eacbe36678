import * as t from 'io-ts'
import { encodedBytes } from '../types/encoded-bytes.ts'
import { positiveInteger } from '../types/primitives.ts'
import { sealedText } from '../types/sealed-text.ts'
import { usage } from '../types/usage.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const known = {
  attempt: positiveInteger,
  exitCode: t.union([t.Int, t.null]),
  signal: t.union([t.string, t.null]),
  truncated: t.boolean,
  usage,
  cached: t.boolean,
}

export const compilationCompleted = domainEventCodec(
  'CompilationCompleted',
  1,
  t.strict({ ...known, output: encodedBytes }),
)
export type CompilationCompleted = t.TypeOf<typeof compilationCompleted>

/** The same as the log keeps it: `sealed` holds the raw bytes of what the compiler said. */
export const sealedCompilationCompleted = domainEventCodec(
  'CompilationCompleted',
  2,
  t.strict({ ...known, sealed: sealedText }),
)
export type SealedCompilationCompleted = t.TypeOf<typeof sealedCompilationCompleted>
