import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Period } from '../read-models/find-tallies.ts'
import { timeParameter } from './time-parameter.ts'

const msPerDay = 86_400_000

/** What is answered of where nothing is asked for, and the most that may be asked for at once. */
export type Span = Readonly<{ defaultDays: number; mostDays: number }>

const period = t.exact(t.partial({ from: timeParameter, to: timeParameter }))

const decodePeriod = strictly(period)

/** Decodes `from` and `to`, strictly; `to` is now where it is absent. */
export const decodeTalliesQuery = (
  parameters: unknown,
  { defaultDays, mostDays }: Span,
  now: number,
): Either<ReadonlyArray<FieldError>, Period> => {
  const decoded = decodePeriod({ ...(parameters as object) })
  if (isLeft(decoded)) return decoded
  const { to = new Date(now).toISOString() } = decoded.right
  const { from = new Date(Date.parse(to) - defaultDays * msPerDay).toISOString() } = decoded.right
  const days = (Date.parse(to) - Date.parse(from)) / msPerDay
  return days > 0 && days <= mostDays
    ? right({ from, to })
    : left([{ field: 'from', message: `must be before \`to\`, by at most ${mostDays} days` }])
}
