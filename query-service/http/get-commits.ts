import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { drained } from '@runledger/shared-kernel/http/drained.ts'
import { type FieldError, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import type { RequestHandler, Response } from 'express'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { commitCursor, readCommitCursor } from '../audit/commit-cursor.ts'
import { type CommitsPage, readCommits } from '../audit/read-commits.ts'
import { unavailableNow } from './problems.ts'
import { wholeNumber } from './whole-number.ts'

type Log = Pick<EventLog, 'logId' | 'tails' | 'readPartition'>
type Range = Parameters<typeof readCommits>[1]

const unavailable = unavailableNow('The event log cannot be read now')

const mostCommits = 1_000_000_000
const patienceMs = 60_000

const parameters = t.exact(t.partial({ after: t.string, limit: wholeNumber(1, mostCommits) }))

const rangeOf = (
  logId: string,
  tails: ReadonlyArray<number>,
  query: object,
): Either<ReadonlyArray<FieldError>, Range> => {
  const decoded = strictly(parameters)({ ...query })
  if (isLeft(decoded)) return decoded
  const { after, limit = mostCommits } = decoded.right
  const start = after === undefined ? right(tails.map(() => 0)) : readCommitCursor(after, { logId, tails })
  return isLeft(start)
    ? left([{ field: 'after', message: start.left }])
    : right({ after: start.right, upTo: tails, limit })
}

const asLines = (records: ReadonlyArray<object>): string =>
  records.map(record => `${JSON.stringify(record)}\n`).join('')

const recordsOf = (logId: string, { commits, gap, positions }: CommitsPage): ReadonlyArray<object> => [
  ...commits.map(commit => ({ commit })),
  ...(gap === null ? [] : [{ gap: { partition: gap.p, position: gap.n } }]),
  { cursor: commitCursor({ logId, positions }) },
]

/** False once the client has gone away, or takes nothing any more. One page is held for a slow one. */
const wrote = async (response: Response, text: string): Promise<boolean> =>
  !response.destroyed && (response.write(text) || (await drained(response, patienceMs)))

const stream = async (log: Log, range: Range, response: Response): Promise<void> => {
  response.status(200).set({ 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' })
  const send = (records: ReadonlyArray<object>) => wrote(response, asLines(records))
  await send([{ cursor: commitCursor({ logId: log.logId, positions: range.after }) }])
  for await (const page of readCommits(log, range)) {
    // The status is out: an answer cut short is how this is told, and the last cursor says where to go on.
    if (isLeft(page)) return void response.destroy()
    if (!(await send(recordsOf(log.logId, page.right)))) return void response.destroy()
  }
  response.end()
}

/**
 * `GET /api/audit/commits`: the log as it is stored, a commit a line, up to where it ended when this was asked. A cursor
 * follows each few commits: read on after the last one seen, whenever, and nothing is missed and nothing comes twice.
 */
export const getCommits =
  (log: Log): RequestHandler =>
  async (request, response) => {
    const tails = await log.tails()()
    if (isLeft(tails)) return sendProblem(response, unavailable)
    const range = rangeOf(log.logId, tails.right, request.query)
    if (isLeft(range)) return sendProblem(response, unprocessable(range.left))
    await stream(log, range.right, response)
  }
