import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import type { ReadResult } from '../read-models/result/read-result.ts'
import type { Result } from '../read-models/result/result.ts'
import type { Enter } from './waiting-rooms.ts'

/** As many clients wait as may. */
export type TooManyWaiting = Readonly<{ _tag: 'TooManyWaiting' }>

type Options = Readonly<{
  read: ReadResult
  enter: Enter<SubmissionId>
  /**
   * Resolves when the read model knows the submission, or may be late: it saves reading the stream of one that has only
   * just arrived. Absent where streams are cheap to read.
   */
  arrival?: (submissionId: SubmissionId, patience: Patience) => Promise<void>
}>
type Patience = Readonly<{ waitMs: number; signal: AbortSignal }>
type Answer = Either<EventLogFault | TooManyWaiting, Result | null>

const isSettled = (result: Answer): boolean => isLeft(result) || result.right?.body.status !== 'pending'

/**
 * Reads a result, and where it is pending waits for its end. The seat is taken before the result is read: an end that
 * comes between is not missed. Whoever is woken for nothing waits on.
 */
export const awaitResult =
  ({ read, enter, arrival }: Options) =>
  async (submissionId: SubmissionId, { waitMs, signal }: Patience): Promise<Answer> => {
    const until = performance.now() + waitMs

    const readOrWait = async (leftMs: number): Promise<Answer | 'woken' | 'over'> => {
      const waiting = enter(submissionId, leftMs, signal)
      try {
        await arrival?.(submissionId, { waitMs: leftMs, signal })
        const result = await read(submissionId)
        if (isSettled(result)) return result
        return waiting === null ? left({ _tag: 'TooManyWaiting' }) : await waiting.end
      } finally {
        waiting?.leave()
      }
    }

    for (let leftMs = waitMs; leftMs > 0; leftMs = until - performance.now()) {
      const answer = await readOrWait(leftMs)
      if (answer === 'over') break
      if (answer !== 'woken') return answer
    }
    return read(submissionId)
  }
