import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { ReadArriving } from '../read-models/result/read-result.ts'
import type { Result } from '../read-models/result/result.ts'
import type { WaitingRooms } from './waiting-rooms.ts'

/** As many clients wait as may. */
export type TooManyWaiting = Readonly<{ _tag: 'TooManyWaiting' }>

type Options = Readonly<{
  read: ReadArriving
  /** What the read model holds, where this process has just written it itself; null where that takes reading. */
  recall: (submissionId: SubmissionId) => Result | null
  /** So new that its page of the log is still to come, and to this process: nobody is asked before that, if at all. */
  isNew: (submissionId: SubmissionId) => boolean
  rooms: Pick<WaitingRooms, 'enterForResult' | 'enterForArrival'>
}>
type Patience = Readonly<{ waitMs: number; signal: AbortSignal }>
type Answer = Either<EventLogFault | TooManyWaiting, Result | null>

// Longer than a page takes on a busy day. What is not heard of by then is asked for.
const expectedWithinMs = 250

const isSettled = (result: Answer): boolean => isLeft(result) || result.right?.body.status !== 'pending'

const expectEnd = async (
  { isNew, rooms }: Pick<Options, 'isNew' | 'rooms'>,
  submissionId: SubmissionId,
  { waitMs, signal }: Patience,
): Promise<void> => {
  if (waitMs > 0 && isNew(submissionId))
    await rooms.enterForResult(submissionId, Math.min(waitMs, expectedWithinMs), signal)?.end
}

/**
 * Reads a result, and where it is pending waits for its end. The seat is taken before the result is read: an end that
 * comes between is not missed. Whoever is woken for nothing waits on. Clients ask the moment they have an id: rather than
 * have its stream read for them, they wait for the page of the log that brings its end.
 */
export const awaitResult =
  ({ read, recall, isNew, rooms }: Options) =>
  async (submissionId: SubmissionId, { waitMs, signal }: Patience): Promise<Answer> => {
    const until = performance.now() + waitMs

    const recalledEnd = (): Result | null => {
      const known = recall(submissionId)
      return known?.body.status === 'pending' ? null : known
    }

    const readArriving = async (leftMs: number): Promise<Answer> => {
      const arriving = rooms.enterForArrival(submissionId, leftMs, signal)
      try {
        return await read(
          submissionId,
          arriving?.end.then(() => recall(submissionId)),
        )
      } finally {
        arriving?.leave()
      }
    }

    const readOrWait = async (leftMs: number): Promise<Answer | 'woken' | 'over'> => {
      const waiting = rooms.enterForResult(submissionId, leftMs, signal)
      try {
        const known = recall(submissionId)
        const result = known === null ? await readArriving(leftMs) : right(known)
        if (isSettled(result)) return result
        return waiting === null ? left({ _tag: 'TooManyWaiting' }) : await waiting.end
      } finally {
        waiting?.leave()
      }
    }

    await expectEnd({ isNew, rooms }, submissionId, { waitMs, signal })
    for (let leftMs = until - performance.now(); leftMs > 0; leftMs = until - performance.now()) {
      const end = recalledEnd()
      if (end !== null) return right(end)
      const answer = await readOrWait(leftMs)
      if (answer === 'over') break
      if (answer !== 'woken') return answer
    }
    return read(submissionId)
  }
