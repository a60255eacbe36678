import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { type Deposed, type Feed, type FeedFault, followFeed } from '@runledger/shared-kernel/feed/follow-feed.ts'
import type { FeedPage } from '@runledger/shared-kernel/feed/read-feed.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Holdings, Shares } from '@runledger/shared-kernel/sharing/shares.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Timing } from '../timing/timing.ts'
import type { OpenIndex } from './open-index.ts'
import type { OpenEntry, OpenSubmission } from './open-submission.ts'

type Dependencies = Readonly<{
  log: EventLog
  wakeUp: WakeUp
  shares: Shares
  index: OpenIndex
  timing: Pick<Timing, 'gatherMs' | 'idleMs'>
  logger: Logger
}>

type Reactions = Readonly<{
  /** An entry has changed and is open. */
  changed: (entry: OpenEntry) => Promise<void>
  ended: (submission: OpenSubmission) => void
}>

const lastPositions = ({ commits }: FeedPage): ReadonlyMap<number, number> => new Map(commits.map(({ p, n }) => [p, n]))

/** Keeps the index of open submissions in step with this process's partitions of the log and tells what has changed. */
export const feedOpenIndex = (dependencies: Dependencies, { changed, ended }: Reactions): Feed => {
  const { index, timing } = dependencies
  const positions = new Map<number, number>()
  const fences = new Map<number, number | null>()

  const resume = (holdings: Holdings, stored: ReadonlyMap<number, number>): void => {
    for (const [p, fence] of holdings) {
      fences.set(p, fence)
      positions.set(p, stored.get(p) ?? 0)
    }
  }

  // Positions are read after the fence has been put up: whoever was there before moves them no further.
  const takeUp = (holdings: Holdings): Promise<E.Either<FeedFault, Deposed>> =>
    pipe(
      index.ensure(),
      TE.chain(() => index.fenceOff(holdings)),
      TE.chainFirst(() =>
        pipe(
          index.positions(),
          TE.map(stored => resume(holdings, stored)),
        ),
      ),
    )()

  const takeIn = async (page: FeedPage): Promise<E.Either<FeedFault, Deposed>> => {
    const reached = lastPositions(page)
    const taken = await index.apply(page.commits, reached, fences)()
    if (E.isLeft(taken)) return taken
    for (const [p, n] of reached) positions.set(p, n)
    for (const submission of taken.right.ended) ended(submission)
    // In their order, and all in one message to the queue.
    await Promise.all(taken.right.entries.map(changed))
    return E.right(taken.right.deposed)
  }

  const checkpoint = (p: number): number => positions.get(p) ?? 0
  const taker = { name: 'the index of open submissions', checkpoint, takeUp, takeIn }
  return followFeed({ ...dependencies, gatherMs: timing.gatherMs, idleMs: timing.idleMs }, taker)
}
