import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { isErasure } from '@runledger/shared-kernel/sealing/open-events.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { foldResult } from './fold-result.ts'
import type { Result } from './result.ts'

/** After so many events, or with all events recorded until then (ISO-8601 UTC). */
export type Moment = Readonly<{ version: number } | { at: string }>

/** The stream has no such moment: it has `events` events, the first of them recorded at `receivedAt`. */
export type NotAt = Readonly<{ _tag: 'NotAt'; moment: Moment; events: number; receivedAt: string }>

export type ReadPast = (id: SubmissionId, moment: Moment) => Promise<Either<EventLogFault | NotAt, Result | null>>

// Within a stream the log's times never go back.
const prefixAt = (events: ReadonlyArray<RecordedEvent>, moment: Moment): ReadonlyArray<RecordedEvent> =>
  'version' in moment ? events.slice(0, moment.version) : events.filter(({ recordedAt }) => recordedAt <= moment.at)

const isThere = (prefix: ReadonlyArray<RecordedEvent>, moment: Moment): boolean =>
  'version' in moment ? prefix.length === moment.version : prefix.length > 0

// What was erased since is not shown as it was then, wherever its key may still be at hand.
const withoutErased = (past: Result | null, events: ReadonlyArray<RecordedEvent>): Result | null =>
  past === null || past.content === null || !events.some(isErasure)
    ? past
    : { ...past, body: { ...past.body, erased: true }, content: null }

/** The result as a client would have seen it then; null where nobody has ever received the submission. */
export const readPastResult =
  (log: Pick<EventLog, 'readStream'>): ReadPast =>
  async (id, moment) => {
    const events = await log.readStream(submissionStream(id), 1)()
    if (isLeft(events)) return events
    const [first] = events.right
    if (first === undefined) return right(null)
    const prefix = prefixAt(events.right, moment)
    if (isThere(prefix, moment)) return right(withoutErased(foldResult(prefix), events.right))
    return left({ _tag: 'NotAt', moment, events: events.right.length, receivedAt: first.recordedAt })
  }
