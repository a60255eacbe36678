import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { fieldPath } from './field-path.ts'
import type { FieldError } from './problem.ts'
import { unknownMembers } from './unknown-members.ts'

type Mismatch = t.Errors[number]

/** Decodes, and refuses members the codec does not know, by name and at every depth: io-ts strips them without a word. */
export const strictly =
  <Value>(codec: t.Type<Value, unknown, unknown>) =>
  (input: unknown): E.Either<ReadonlyArray<FieldError>, Value> => {
    const unknown = unknownMembers(codec, input).map(field => ({ field, message: 'is not a known field' }))
    const decoded = codec.decode(input)
    const invalid = E.isLeft(decoded) ? decoded.left.map(fieldError) : []
    return E.isRight(decoded) && unknown.length === 0 ? decoded : E.left(oncePerField([...invalid, ...unknown]))
  }

const fieldError = ({ context, value, message }: Mismatch): FieldError => ({
  field: fieldPath(context) || 'body',
  message: message ?? (value === undefined ? 'is required' : `must be ${expectation(context)}`),
})

/** Codecs at an edge are named after what they accept, so that a name can stand in a sentence. */
const expectation = (context: t.Context): string => context.at(-1)?.type.name ?? 'something else'

/** A union complains once per member: the first complaint says enough. */
const oncePerField = (errors: ReadonlyArray<FieldError>): ReadonlyArray<FieldError> =>
  [...new Map(errors.toReversed().map(error => [error.field, error])).values()].toReversed()
