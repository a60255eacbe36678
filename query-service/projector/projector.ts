import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { type Deposed, type FeedFault, followFeed } from '@runledger/shared-kernel/feed/follow-feed.ts'
import type { FeedPage } from '@runledger/shared-kernel/feed/read-feed.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Holdings, Shares } from '@runledger/shared-kernel/sharing/shares.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { applyTogether } from './apply-together.ts'
import { sharedFeedItem } from './decode-feed-item.ts'
import { type LiveProjection, resumeProjection } from './live-projection.ts'
import { type Projection, projectionKey } from './projection.ts'
import { type ProjectorHealth, projectorHealth } from './projector-health.ts'
import { replayParked } from './replay-parked.ts'

/** The projections to keep up with the log, in this order, and who hears when they are others. */
type Followed = Readonly<{
  all: () => ReadonlyArray<Projection>
  onChange: (listener: () => void) => void
  /** How often it was asked to replay what is parked of a projection. */
  replays: (projection: Projection) => number
}>

type Options = Readonly<{
  log: EventLog
  store: ReadModelStore
  wakeUp: WakeUp
  /** The partitions to project, where several processes share the log. */
  shares: Shares
  followed: Followed
  /** Told after the read model holds what the events say, and everything before the positions in their partitions. */
  applied: (projection: Projection, events: ReadonlyArray<RecordedEvent>, positions: ReadonlyArray<Position>) => void
  logger: Logger
  /** What it is called in log lines. */
  name?: string
  /** Commits that arrive within it are taken in together. */
  gatherMs?: number
  /** The same after a page of several streams; absent: no longer than else. */
  busyGatherMs?: number
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

type Done<A> = Promise<Either<FeedFault, A>>

const defaultIdleMs = 1000

/** Always the same ones. */
export const always = (projections: ReadonlyArray<Projection>): Followed => ({
  all: () => projections,
  onChange: () => undefined,
  replays: () => 0,
})

/** Follows the log for all projections at once: each partition that grew is read once, from the hindmost checkpoint. */
export const createProjector = (options: Options): Projector => {
  const { log, store, wakeUp, shares, logger, applied, followed } = options
  const { name = 'the projector', gatherMs = 0, busyGatherMs = gatherMs, idleMs = defaultIdleMs } = options
  let live: ReadonlyArray<LiveProjection> = []

  const hindmost = (p: number): number => Math.min(...live.map(({ checkpoint }) => checkpoint(p)))

  const noteParked = (projection: Projection, streams: ReadonlyArray<string>): void => {
    if (streams.length > 0)
      logger.error({ projection: projectionKey(projection), streams }, 'parked streams that cannot be projected')
  }

  // Whoever is followed already keeps its progress.
  const join = async (): Done<void> => {
    const now: Array<LiveProjection> = []
    for (const projection of followed.all()) {
      const known = live.find(each => projectionKey(each.projection) === projectionKey(projection))
      const joined = known === undefined ? await resumeProjection(store, projection) : right(known)
      if (isLeft(joined)) return joined
      now.push(joined.right)
    }
    live = now
    return right(undefined)
  }

  const takeUp = async (holdings: Holdings): Done<Deposed> => {
    const deposed: Array<number> = []
    const joined = await join()
    if (isLeft(joined)) return joined
    for (const each of live) {
      const done = await each.takeUp(holdings)
      if (isLeft(done)) return done
      deposed.push(...done.right)
    }
    const replayed = await replay(holdings)
    return isLeft(replayed) ? replayed : right(deposed)
  }

  // Here nothing else is taken in, so that no event of a stream comes between its fold and its return.
  const replay = async (holdings: Holdings): Done<void> => {
    for (const { projection, parked, unpark } of live) {
      const replayed = await replayParked({ log, store, projection, asked: followed.replays(projection), holdings })
      if (isLeft(replayed)) return replayed
      unpark(replayed.right)
      if (replayed.right.length > 0)
        logger.info({ projection: projectionKey(projection), left: parked.size }, 'parked streams were replayed')
    }
    return right(undefined)
  }

  const takeIn = async ({ commits }: FeedPage): Done<Deposed> => {
    const items = commits.map(sharedFeedItem)
    const partitions = [...new Set(commits.map(({ p }) => p))]
    const deposed: Array<number> = []
    const done = await applyTogether(store, live, items)
    if (isLeft(done)) return done
    for (const { live: each, progressed } of done.right) {
      deposed.push(...progressed.deposed)
      noteParked(each.projection, progressed.parked)
      applied(
        each.projection,
        progressed.events,
        partitions.map(p => ({ p, n: each.checkpoint(p) })),
      )
    }
    return right(deposed)
  }

  const feed = followFeed(
    { log, wakeUp, shares, logger, gatherMs, busyGatherMs, idleMs },
    { name, checkpoint: hindmost, takeUp, takeIn },
  )

  const refuseForeignLog = async (): Promise<void> => {
    const tails = await log.tails()()
    if (isLeft(tails)) throw new Error(`the projector cannot start: ${tails.left.message}`)
    for (const [p, tail] of tails.right.entries())
      if (live.some(({ checkpoint }) => checkpoint(p) > tail))
        throw new Error(`the read models are ahead of the log in partition ${p}: remove them, they are rebuilt from it`)
  }

  const start = async (): Promise<void> => {
    const joined = await join()
    if (isLeft(joined)) throw new Error(`the projector cannot start: ${joined.left.message}`)
    await refuseForeignLog()
    followed.onChange(feed.renew)
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
