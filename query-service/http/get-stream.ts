import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { type FieldError, type Problem, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { openEvents } from '@runledger/shared-kernel/sealing/open-events.ts'
import { isTerminal } from '@runledger/shared-kernel/submission/is-terminal.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { type SubmissionId, submissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { Request, RequestHandler, Response } from 'express'
import { type Either, isLeft, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { type StreamTiming, sendEvents } from '../streams/send-events.ts'
import type { StreamWatch } from '../streams/watch-partitions.ts'
import { submissionNotFound, unavailableNow } from './problems.ts'
import { wholeNumber } from './whole-number.ts'

type Dependencies = Readonly<{
  log: Pick<EventLog, 'readStream'>
  watched: Pick<StreamWatch, 'watch'>
  keyring: Pick<Keyring, 'keyOf'>
  timing?: StreamTiming
}>

const defaultTiming: StreamTiming = { heartbeatMs: 15_000, drainMs: 10_000 }

const mostVersions = 1_000_000_000
const version = wholeNumber(0, mostVersions)
const parameters = t.exact(t.partial({ lastEventId: version }))
const header = t.exact(t.partial({ 'Last-Event-ID': version }))

const unreadable = unavailableNow('The event log cannot be read now')

/** The last version the client has: what its browser says when it connects again goes before what the URL says. */
const lastSeen = (request: Request): Either<ReadonlyArray<FieldError>, number> => {
  const inQuery = strictly(parameters)({ ...request.query })
  if (isLeft(inQuery)) return inQuery
  const said = request.get('Last-Event-ID') ?? ''
  if (said === '') return right(inQuery.right.lastEventId ?? 0)
  return pipe(
    strictly(header)({ 'Last-Event-ID': said }),
    map(inHeader => inHeader['Last-Event-ID'] ?? 0),
  )
}

const beyond = (seen: number): Problem =>
  unprocessable([{ field: 'Last-Event-ID', message: `is beyond the stream: it has no event ${seen}` }])

const hasSeenTheEnd = (events: ReadonlyArray<RecordedEvent>, seen: number): boolean =>
  events.some(({ event, version }) => isTerminal(event) && version <= seen)

/**
 * `GET /api/submissions/:id/stream`: Server-Sent Events, an event of the log each, from the first or behind the last one
 * the client has, until the terminal one. To a client that has them all: 204, on which a browser connects no more.
 */
export const getStream = ({ log, watched, keyring, timing = defaultTiming }: Dependencies): RequestHandler => {
  const open = openEvents(keyring)

  const follow = async (response: Response, last: RecordedEvent, fresh: ReadonlyArray<RecordedEvent>) => {
    const reader = watched.watch(last)
    if (reader === null) return sendProblem(response, unavailableNow('Too many event streams are open'))
    response.once('close', reader.end)
    try {
      await sendEvents(response, reader, { ...timing, seen: fresh, open })
    } finally {
      reader.end()
    }
  }

  const absent = async (id: SubmissionId, seen: number): Promise<Problem> => {
    const events = await log.readStream(submissionStream(id), 1)()
    if (isLeft(events)) return unreadable
    return events.right.length === 0 ? submissionNotFound : beyond(seen)
  }

  return async (request, response) => {
    const id = submissionId.decode(request.params['id'])
    if (isLeft(id)) return sendProblem(response, submissionNotFound)
    const seen = lastSeen(request)
    if (isLeft(seen)) return sendProblem(response, unprocessable(seen.left))
    const events = await log.readStream(submissionStream(id.right), Math.max(1, seen.right))()
    if (isLeft(events)) return sendProblem(response, unreadable)
    const last = events.right.at(-1)
    if (last === undefined) return sendProblem(response, await absent(id.right, seen.right))
    if (hasSeenTheEnd(events.right, seen.right)) return void response.status(204).end()
    await follow(
      response,
      last,
      events.right.filter(({ version }) => version > seen.right),
    )
  }
}
