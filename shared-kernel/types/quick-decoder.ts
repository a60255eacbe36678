import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { exactly } from './exactly.ts'

/** Decodes as the codec does, and at a glance what that would leave as it is: most of what is stored. */
export const quickDecoder = <A>(codec: t.Type<A, unknown>): ((value: unknown) => E.Either<t.Errors, A>) => {
  const isExact = exactly(codec)
  return value => (isExact(value) ? E.right(value as A) : codec.decode(value))
}
