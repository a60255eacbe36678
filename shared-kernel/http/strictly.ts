import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { fieldPath } from './field-path.ts'
import type { FieldError } from './problem.ts'
import { unknownMembers } from './unknown-members.ts'

type Mismatch = t.Errors[number]

/** A body of two million bytes can be wrong in a million ways: who sends it must not occupy the server by it. */
const mostLookedAt = 1_000
const mostErrors = 100
const longestField = 256

/** Decodes, and refuses members the codec does not know, by name and at every depth: io-ts strips them without a word. */
export const strictly =
  <Value>(codec: t.Type<Value, unknown, unknown>) =>
  (input: unknown): E.Either<ReadonlyArray<FieldError>, Value> => {
    const unknown = unknownMembers(codec, input).slice(0, mostLookedAt).map(unknownField)
    const decoded = codec.decode(input)
    const invalid = E.isLeft(decoded) ? decoded.left.slice(0, mostLookedAt).map(fieldError) : []
    return E.isRight(decoded) && unknown.length === 0 ? decoded : E.left(reported([...invalid, ...unknown]))
  }

const unknownField = (field: string): FieldError => ({ field, message: 'is not a known field' })

const fieldError = ({ context, value, message }: Mismatch): FieldError => ({
  field: fieldPath(context) || 'body',
  message: message ?? (value === undefined ? 'is required' : `must be ${expectation(context)}`),
})

/** Codecs at an edge are named after what they accept, so that a name can stand in a sentence: the field's, not a branch's. */
const expectation = (context: t.Context): string => {
  const field = fieldPath(context)
  const entry = context.find((_, index) => fieldPath(context.slice(0, index + 1)) === field)
  return entry?.type.name ?? 'something else'
}

/** A union complains once per member: the first complaint says enough. An answer stays short, however long the question. */
const reported = (errors: ReadonlyArray<FieldError>): ReadonlyArray<FieldError> => {
  const first = new Map(errors.toReversed().map(error => [error.field, error]))
  return [...first.values()]
    .toReversed()
    .slice(0, mostErrors)
    .map(({ field, message }) => ({ field: field.slice(0, longestField), message }))
}
