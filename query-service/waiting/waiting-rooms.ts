import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import { partitionOf } from '@runledger/shared-kernel/event-log/partition-of.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { createWaiters, type Waiters, type Waiting } from './waiters.ts'

type Options = Readonly<{
  maxWaiting: number
  partitions: number
  /** Results may be projected by another process, which tells only how far it is. */
  isShared: boolean
}>

const arrivalMs = 50

export type Enter<Key> = Waiters<Key>['enter']

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

const both = (a: Waiting, b: Waiting): Waiting => ({
  end: Promise.race([a.end, b.end]),
  leave: () => {
    a.leave()
    b.leave()
  },
})

/** Who waits for the end of a submission, found by its id, and who waits for a position, found by its partition. */
export const createWaitingRooms = ({ maxWaiting, partitions, isShared }: Options): WaitingRooms => {
  const results = createWaiters<SubmissionId>(maxWaiting)
  const resultsElsewhere = createWaiters<number>(maxWaiting)
  const positions = createWaiters<number>(maxWaiting)

  const partitionFor = (id: SubmissionId): number => partitionOf(submissionStream(id), partitions)

  const enterForResult: WaitingRooms['enterForResult'] = (id, withinMs, signal) => {
    const here = results.enter(id, withinMs, signal)
    if (here === null || !isShared) return here
    const elsewhere = resultsElsewhere.enter(partitionFor(id), withinMs, signal)
    return elsewhere === null ? here : both(here, elsewhere)
  }

  const enterForArrival: WaitingRooms['enterForArrival'] = (id, withinMs, signal) =>
    positions.enter(partitionFor(id), Math.min(withinMs, arrivalMs), signal)

  return {
    enterForResult,
    enterForArrival,
    enterForPosition: positions.enter,
    ended: results.wake,
    passed: ({ p }) => positions.wake(p),
    changedElsewhere: p => {
      positions.wake(p)
      resultsElsewhere.wake(p)
    },
    count: () => resultsElsewhere.count() + positions.count(),
    close: () => {
      for (const room of [results, resultsElsewhere, positions]) room.close()
    },
  }
}
