import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import { partitionOf } from '@runledger/shared-kernel/event-log/partition-of.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { createWaiters, type Waiting } from './waiters.ts'

type Options = Readonly<{
  maxWaiting: number
  partitions: number
  /** Results may be projected by another process, which tells only how far it is. */
  isShared: boolean
}>

const arrivalMs = 50

/** Null where the room is full. */
export type Enter<Key> = (key: Key, withinMs: number, signal: AbortSignal) => Waiting | null

export type WaitingRooms = Readonly<{
  enterForResult: Enter<SubmissionId>
  /** For the next page of the submission's partition, and no longer than one takes. */
  enterForArrival: Enter<SubmissionId>
  enterForPosition: Enter<number>
  ended: (submissionId: SubmissionId) => void
  /** This process has projected everything up to the position. */
  passed: (position: Position) => void
  /** Another process has projected more of this partition: whoever waits for something in it may look again. */
  changedElsewhere: (partition: number) => void
  count: () => number
  close: () => void
}>

/** Who waits for the end of a submission, found by its id, and who waits for a position, found by its partition. */
export const createWaitingRooms = ({ maxWaiting, partitions, isShared }: Options): WaitingRooms => {
  // By submission, and by partition for what another process projects.
  const results = createWaiters<SubmissionId | number>(maxWaiting)
  const positions = createWaiters<number>(maxWaiting)

  const partitionFor = (id: SubmissionId): number => partitionOf(submissionStream(id), partitions)

  const enterForResult: WaitingRooms['enterForResult'] = (id, withinMs, signal) =>
    results.enter(isShared ? [id, partitionFor(id)] : [id], withinMs, signal)

  const enterForArrival: WaitingRooms['enterForArrival'] = (id, withinMs, signal) =>
    positions.enter([partitionFor(id)], Math.min(withinMs, arrivalMs), signal)

  return {
    enterForResult,
    enterForArrival,
    enterForPosition: (partition, withinMs, signal) => positions.enter([partition], withinMs, signal),
    ended: results.wake,
    passed: ({ p }) => positions.wake(p),
    changedElsewhere: p => {
      positions.wake(p)
      results.wake(p)
    },
    count: () => results.count() + positions.count(),
    close: () => {
      for (const room of [results, positions]) room.close()
    },
  }
}
