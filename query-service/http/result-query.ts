import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decodePosition, positionParameter } from './position-parameter.ts'

const longestWaitSeconds = 60

/** How long to wait for the end, and what must have been projected before. */
export type ResultQuery = Readonly<{ waitMs: number; position: Position | null }>

const secondsPattern = /^\d{1,4}(\.\d{1,3})?$/

const waitSeconds = new t.Type<number, string, unknown>(
  `a number of seconds from 0 to ${longestWaitSeconds}`,
  (value): value is number => typeof value === 'number',
  (value, context) => {
    const seconds = typeof value === 'string' && secondsPattern.test(value) ? Number(value) : Number.NaN
    return seconds <= longestWaitSeconds ? t.success(seconds) : t.failure(value, context)
  },
  String,
)

const queryParameters = t.exact(t.partial({ wait: waitSeconds, positionToken: positionParameter }))

/** Decodes the query parameters, strictly, and the `X-Position` header; the parameter goes before the header. */
export const decodeResultQuery = (
  parameters: unknown,
  header: string | undefined,
): Either<ReadonlyArray<FieldError>, ResultQuery> => {
  const decoded = strictly(queryParameters)({ ...(parameters as object) })
  if (isLeft(decoded)) return decoded
  const { wait = 0, positionToken } = decoded.right
  const position = decodePosition(positionToken, header)
  return isLeft(position) ? position : right({ waitMs: wait * 1000, position: position.right })
}
