import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Moment } from '../read-models/result/read-past-result.ts'
import { decodePosition, positionParameter } from './position-parameter.ts'
import { timeParameter } from './time-parameter.ts'
import { wholeNumber } from './whole-number.ts'

const longestWaitSeconds = 60

/** How long to wait for the end, and what must have been projected before; or what moment of the past to tell of. */
export type ResultQuery = Readonly<{ waitMs: number; position: Position | null; moment: Moment | null }>

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

const mostVersions = 1_000_000_000

const queryParameters = t.exact(
  t.partial({
    wait: waitSeconds,
    positionToken: positionParameter,
    version: wholeNumber(1, mostVersions),
    at: timeParameter,
  }),
)
type QueryParameters = t.TypeOf<typeof queryParameters>

const excludes = (field: string, other: string): FieldError => ({ field, message: `cannot be given with ${other}` })

const momentOf = ({ wait, version, at }: QueryParameters): Either<ReadonlyArray<FieldError>, Moment | null> => {
  if (version === undefined && at === undefined) return right(null)
  if (version !== undefined && at !== undefined) return left([excludes('at', 'version')])
  if (wait !== undefined) return left([excludes('wait', version === undefined ? 'at' : 'version')])
  return right(version === undefined ? { at: at ?? '' } : { version })
}

/** Decodes the query parameters, strictly, and the `X-Position` header; the parameter goes before the header. */
export const decodeResultQuery = (
  parameters: unknown,
  header: string | undefined,
): Either<ReadonlyArray<FieldError>, ResultQuery> => {
  const decoded = strictly(queryParameters)({ ...(parameters as object) })
  if (isLeft(decoded)) return decoded
  const { wait = 0, positionToken } = decoded.right
  const moment = momentOf(decoded.right)
  if (isLeft(moment)) return moment
  const position = decodePosition(positionToken, header)
  return isLeft(position) ? position : right({ waitMs: wait * 1000, position: position.right, moment: moment.right })
}
