import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { type Problem, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { sendJson } from '@runledger/shared-kernel/http/send-json.ts'
import { type SubmissionId, submissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { RequestHandler, Response } from 'express'
import { type Either, isLeft, isRight, left } from 'fp-ts/lib/Either.js'
import type { ReadOpen } from '../read-models/result/open-result.ts'
import { presentResult } from '../read-models/result/present-result.ts'
import type { Moment, ReadPast } from '../read-models/result/read-past-result.ts'
import type { ReadResult } from '../read-models/result/read-result.ts'
import type { Result } from '../read-models/result/result.ts'
import type { TooManyWaiting } from '../waiting/await-result.ts'
import { closedSignal } from './closed-signal.ts'
import { notAt } from './not-at.ts'
import { submissionNotFound, unavailableNow } from './problems.ts'
import { decodeResultQuery, type ResultQuery } from './result-query.ts'

type Patience = Readonly<{ waitMs: number; signal: AbortSignal }>
type Answer = Either<EventLogFault | TooManyWaiting, Result | null>

export type ResultReading = Readonly<{
  awaitResult: (id: SubmissionId, patience: Patience) => Promise<Answer>
  /** The truth, for whoever has a position the read model does not reach in time. */
  readFromStream: ReadResult
  openResult: ReadOpen
  presentReplayOf: (result: Result) => Promise<unknown>
  readPast: ReadPast
  awaitPosition: (position: Position, patience: Patience) => Promise<boolean>
}>

const longestProjectionWaitMs = 5000

const unreadable = unavailableNow('Results cannot be read now')

const unavailable = (fault: EventLogFault | TooManyWaiting): Problem =>
  fault._tag === 'TooManyWaiting' ? unavailableNow('Too many clients are waiting for results') : unreadable

const send = async (
  { openResult, presentReplayOf }: ResultReading,
  response: Response,
  answer: Answer,
): Promise<void> => {
  if (isLeft(answer)) sendProblem(response, unavailable(answer.left))
  else if (answer.right === null) sendProblem(response, submissionNotFound)
  else {
    const opened = await openResult(answer.right)()
    if (isLeft(opened)) return sendProblem(response, unreadable)
    const replay = await presentReplayOf(answer.right)
    response.setHeader('Cache-Control', 'no-store')
    sendJson(response, { ...presentResult(opened.right), replay })
  }
}

const read = async (
  reading: ResultReading,
  id: SubmissionId,
  query: ResultQuery,
  signal: AbortSignal,
): Promise<Answer> => {
  const { position, waitMs } = query
  const patience = { waitMs: longestProjectionWaitMs, signal }
  const isProjected = position === null || (await reading.awaitPosition(position, patience))
  return isProjected ? reading.awaitResult(id, { waitMs, signal }) : reading.readFromStream(id)
}

const sendPast = async (
  reading: ResultReading,
  response: Response,
  id: SubmissionId,
  moment: Moment,
): Promise<void> => {
  const past = await reading.readPast(id, moment)
  if (isRight(past)) return send(reading, response, past)
  if (past.left._tag === 'NotAt') return sendProblem(response, notAt(past.left))
  return send(reading, response, left(past.left))
}

/** `GET /api/result/:id`: what became of a submission, at once or when it has ended. */
export const getResult =
  (reading: ResultReading): RequestHandler =>
  async (request, response) => {
    const id = submissionId.decode(request.params['id'])
    if (isLeft(id)) return sendProblem(response, submissionNotFound)
    const query = decodeResultQuery(request.query, request.get('X-Position'))
    if (isLeft(query)) return sendProblem(response, unprocessable(query.left))
    const { moment } = query.right
    if (moment !== null) return sendPast(reading, response, id.right, moment)
    const signal = closedSignal(response)
    const answer = await read(reading, id.right, query.right, signal)
    if (!signal.aborted) await send(reading, response, answer)
  }
