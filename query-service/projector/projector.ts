import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { createBell } from './bell.ts'
import { decodeFeedItem } from './decode-feed-item.ts'
import { createFollower } from './follower.ts'
import { type LiveProjection, resumeProjection } from './live-projection.ts'
import { createPartitionProgress } from './partition-progress.ts'
import { type Projection, projectionKey } from './projection.ts'
import { type ProjectorHealth, projectorHealth } from './projector-health.ts'
import { createFeedReader } from './read-feed.ts'

type Fault = EventLogFault | ReadModelStoreFault

type Options = Readonly<{
  log: EventLog
  store: ReadModelStore
  wakeUp: WakeUp
  projections: ReadonlyArray<Projection>
  /** Told after the read model holds what the events say; `partitions` have moved on. */
  applied: (projection: Projection, events: ReadonlyArray<RecordedEvent>, partitions: ReadonlyArray<number>) => void
  logger: Logger
  /** After this long without a hint every partition is looked at. */
  idleMs?: number
}>

export type Projector = Readonly<{
  /** Takes up the progress of every projection and follows the log from there; what is behind is caught up meanwhile. */
  start: () => Promise<void>
  stop: () => Promise<void>
  hasPassed: (projection: Projection, position: Position) => boolean
  health: () => ProjectorHealth
}>

const defaultIdleMs = 1000

/** Follows the log for all projections at once: each partition that grew is read once, from the hindmost checkpoint. */
export const createProjector = (options: Options): Projector => {
  const { log, store, wakeUp, logger, applied, idleMs = defaultIdleMs } = options
  const readFeed = createFeedReader(log)
  const bell = createBell()
  let live: ReadonlyArray<LiveProjection> = []
  let gaps: ReadonlyArray<Position> = []
  let unsubscribe = (): void => {}

  const hindmost = (p: number): number => Math.min(...live.map(({ checkpoint }) => checkpoint(p)))
  const progress = createPartitionProgress(hindmost)

  const sweep = async (): Promise<Either<Fault, void>> => {
    const tails = await log.tails()()
    if (isLeft(tails)) return tails
    for (const [p, n] of tails.right.entries()) progress.noteTail({ p, n })
    return right(undefined)
  }

  const noteGaps = (partitions: ReadonlyArray<number>, found: ReadonlyArray<Position>): void => {
    for (const gap of found) logger.error({ partition: gap.p, position: gap.n }, 'a position of the log is missing')
    gaps = [...gaps.filter(({ p }) => !partitions.includes(p)), ...found]
  }

  const noteParked = (projection: Projection, streams: ReadonlyArray<string>): void => {
    if (streams.length > 0)
      logger.error({ projection: projectionKey(projection), streams }, 'parked streams that cannot be projected')
  }

  const project = async (partitions: ReadonlyArray<number>): Promise<Either<Fault, void>> => {
    const page = await readFeed(partitions, hindmost)
    if (isLeft(page)) return page
    const items = page.right.commits.map(decodeFeedItem)
    for (const { projection, apply } of live) {
      const done = await apply(items)
      if (isLeft(done)) return done
      noteParked(projection, done.right.parked)
      applied(projection, done.right.events, partitions)
    }
    noteGaps(partitions, page.right.gaps)
    progress.mark(page.right.unread)
    return right(undefined)
  }

  const round = async (): Promise<Either<Fault, void>> => {
    const partitions = progress.takeMarked()
    let projected: Either<Fault, void> | null = null
    try {
      projected = await project(partitions)
      return projected
    } finally {
      if (projected === null || isLeft(projected)) progress.mark(partitions)
    }
  }

  // One turn of the event loop gathers the hints of a whole group of appends, and lets others in between two rounds.
  const next = async (): Promise<Either<Fault, void>> => {
    if (!progress.hasMarked() && !(await bell.heard(idleMs))) return sweep()
    await nextTurn()
    return progress.hasMarked() ? round() : right(undefined)
  }

  const step = async (): Promise<string | null> => {
    const done = await next()
    return isLeft(done) ? `${done.left._tag} ${done.left.kind}: ${done.left.message}` : null
  }

  const follower = createFollower({ step, bell, logger })

  const resume = async (projection: Projection): Promise<LiveProjection> => {
    const resumed = await resumeProjection(store, projection)
    if (isLeft(resumed)) throw new Error(`projection ${projection.name} cannot start: ${resumed.left.message}`)
    return resumed.right
  }

  const refuseForeignLog = (): void => {
    for (const [p, tail] of progress.tails)
      if (live.some(({ checkpoint }) => checkpoint(p) > tail))
        throw new Error(`the read models are ahead of the log in partition ${p}: remove them, they are rebuilt from it`)
  }

  const start = async (): Promise<void> => {
    live = await Promise.all(options.projections.map(resume))
    const swept = await sweep()
    if (isLeft(swept)) throw new Error(`the projector cannot start: ${swept.left.message}`)
    refuseForeignLog()
    unsubscribe = wakeUp.subscribe(position => {
      progress.noteTail(position)
      if (progress.hasMarked()) bell.ring()
    })
    follower.start()
  }

  const stop = async (): Promise<void> => {
    unsubscribe()
    await follower.stop()
  }

  const hasPassed = (projection: Projection, { p, n }: Position): boolean =>
    live.some(each => projectionKey(each.projection) === projectionKey(projection) && each.checkpoint(p) >= n)

  return {
    start,
    stop,
    hasPassed,
    health: () => projectorHealth({ live, tails: progress.tails, gaps, failure: follower.failure() }),
  }
}
