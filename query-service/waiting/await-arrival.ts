import { partitionOf } from '@runledger/shared-kernel/event-log/partition-of.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { WaitingRooms } from './waiting-rooms.ts'

type Options = Readonly<{
  rooms: Pick<WaitingRooms, 'enterForPosition'>
  partitions: number
  isKnown: (submissionId: SubmissionId) => Promise<boolean>
  /** About what a page of the log takes to be projected. */
  mostMs: number
}>
type Patience = Readonly<{ waitMs: number; signal: AbortSignal }>

/**
 * Waits until a submission is projected, as far as the next page of its partition can tell. Clients ask for a result the
 * moment they have an id: without this each would have its stream read and folded for them, and be told that it is pending.
 */
export const awaitArrival = ({ rooms, partitions, isKnown, mostMs }: Options) => {
  return async (submissionId: SubmissionId, { waitMs, signal }: Patience): Promise<void> => {
    const partition = partitionOf(submissionStream(submissionId), partitions)
    const seat = rooms.enterForPosition(partition, Math.min(waitMs, mostMs), signal)
    if (seat === null) return
    if (!(await isKnown(submissionId))) await seat.end
    seat.leave()
  }
}
