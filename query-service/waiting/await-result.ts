import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import type { ReadResult } from '../read-models/result/read-result.ts'
import type { Result } from '../read-models/result/result.ts'
import type { Waiters } from './waiters.ts'

/** As many clients wait as may. */
export type TooManyWaiting = Readonly<{ _tag: 'TooManyWaiting' }>

type Options = Readonly<{ read: ReadResult; waiters: Waiters<SubmissionId> }>
type Patience = Readonly<{ waitMs: number; signal: AbortSignal }>

const isSettled = (result: Either<EventLogFault, Result | null>): boolean =>
  isLeft(result) || result.right?.body.status !== 'pending'

/**
 * Reads a result, and where it is pending waits for its end. The seat is taken before the result is read: an end that
 * comes between is not missed.
 */
export const awaitResult =
  ({ read, waiters }: Options) =>
  async (
    submissionId: SubmissionId,
    { waitMs, signal }: Patience,
  ): Promise<Either<EventLogFault | TooManyWaiting, Result | null>> => {
    if (waitMs === 0) return read(submissionId)
    const waiting = waiters.enter(submissionId, waitMs, signal)
    try {
      const result = await read(submissionId)
      if (isSettled(result)) return result
      if (waiting === null) return left({ _tag: 'TooManyWaiting' })
      await waiting.woken
      return signal.aborted ? result : await read(submissionId)
    } finally {
      waiting?.leave()
    }
  }
