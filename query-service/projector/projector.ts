import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { type Deposed, followFeed } from '@runledger/shared-kernel/feed/follow-feed.ts'
import type { FeedPage } from '@runledger/shared-kernel/feed/read-feed.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Holdings, Shares } from '@runledger/shared-kernel/sharing/shares.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { decodeFeedItem } from './decode-feed-item.ts'
import { type LiveProjection, resumeProjection } from './live-projection.ts'
import { type Projection, projectionKey } from './projection.ts'
import { type ProjectorHealth, projectorHealth } from './projector-health.ts'

type Options = Readonly<{
  log: EventLog
  store: ReadModelStore
  wakeUp: WakeUp
  /** The partitions to project, where several processes share the log. */
  shares: Shares
  projections: ReadonlyArray<Projection>
  /** Told after the read model holds what the events say, and everything before the positions in their partitions. */
  applied: (projection: Projection, events: ReadonlyArray<RecordedEvent>, positions: ReadonlyArray<Position>) => void
  logger: Logger
  /** After this long without a hint every partition is looked at. */
  idleMs?: number
}>

export type Projector = Readonly<{
  /** Takes up the progress of every projection and follows the log from there; what is behind is caught up meanwhile. */
  start: () => Promise<void>
  stop: () => Promise<void>
  /** True where the read model holds everything up to the position, as far as this process knows. */
  hasPassed: (projection: Projection, position: Position) => boolean
  health: () => ProjectorHealth
}>

type Done<A> = Promise<Either<ReadModelStoreFault, A>>

const defaultIdleMs = 1000

/** Follows the log for all projections at once: each partition that grew is read once, from the hindmost checkpoint. */
export const createProjector = (options: Options): Projector => {
  const { log, store, wakeUp, shares, logger, applied, idleMs = defaultIdleMs } = options
  let live: ReadonlyArray<LiveProjection> = []

  const hindmost = (p: number): number => Math.min(...live.map(({ checkpoint }) => checkpoint(p)))

  const noteParked = (projection: Projection, streams: ReadonlyArray<string>): void => {
    if (streams.length > 0)
      logger.error({ projection: projectionKey(projection), streams }, 'parked streams that cannot be projected')
  }

  const takeUp = async (holdings: Holdings): Done<Deposed> => {
    const deposed: Array<number> = []
    for (const each of live) {
      const done = await each.takeUp(holdings)
      if (isLeft(done)) return done
      deposed.push(...done.right)
    }
    return right(deposed)
  }

  const takeIn = async ({ commits }: FeedPage): Done<Deposed> => {
    const items = commits.map(decodeFeedItem)
    const partitions = [...new Set(commits.map(({ p }) => p))]
    const deposed: Array<number> = []
    for (const { projection, apply, checkpoint } of live) {
      const done = await apply(items)
      if (isLeft(done)) return done
      deposed.push(...done.right.deposed)
      noteParked(projection, done.right.parked)
      applied(
        projection,
        done.right.events,
        partitions.map(p => ({ p, n: checkpoint(p) })),
      )
    }
    return right(deposed)
  }

  const feed = followFeed(
    { log, wakeUp, shares, logger, gatherMs: 0, idleMs },
    { name: 'the projector', checkpoint: hindmost, takeUp, takeIn },
  )

  const resume = async (projection: Projection): Promise<LiveProjection> => {
    const resumed = await resumeProjection(store, projection)
    if (isLeft(resumed)) throw new Error(`projection ${projection.name} cannot start: ${resumed.left.message}`)
    return resumed.right
  }

  const refuseForeignLog = async (): Promise<void> => {
    const tails = await log.tails()()
    if (isLeft(tails)) throw new Error(`the projector cannot start: ${tails.left.message}`)
    for (const [p, tail] of tails.right.entries())
      if (live.some(({ checkpoint }) => checkpoint(p) > tail))
        throw new Error(`the read models are ahead of the log in partition ${p}: remove them, they are rebuilt from it`)
  }

  const start = async (): Promise<void> => {
    live = await Promise.all(options.projections.map(resume))
    await refuseForeignLog()
    await shares.start()
    await feed.start()
  }

  const stop = async (): Promise<void> => {
    await feed.stop()
    await shares.stop()
  }

  const hasPassed = (projection: Projection, { p, n }: Position): boolean =>
    live.some(each => projectionKey(each.projection) === projectionKey(projection) && each.checkpoint(p) >= n)

  return {
    start,
    stop,
    hasPassed,
    health: () => projectorHealth({ live, feed: feed.health(), partitions: shares.held().size }),
  }
}
