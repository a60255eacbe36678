import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import { readPositionToken } from '@runledger/shared-kernel/http/position-token.ts'
import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

export const positionParameter = new t.Type<Position, string, unknown>(
  'a position token of this system',
  (value): value is Position => typeof value === 'object',
  (value, context) => {
    const read = typeof value === 'string' ? readPositionToken(value) : null
    return read === null ? t.failure(value, context) : t.success(read)
  },
  String,
)

/** The position that must have been projected: that of the parameter, else that of the `X-Position` header. */
export const decodePosition = (
  parameter: Position | undefined,
  header: string | undefined,
): Either<ReadonlyArray<FieldError>, Position | null> => {
  if (parameter !== undefined) return right(parameter)
  if (header === undefined) return right(null)
  const read = readPositionToken(header)
  return read === null ? left([{ field: 'X-Position', message: `must be ${positionParameter.name}` }]) : right(read)
}
