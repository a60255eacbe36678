import { setImmediate as nextTurn } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { Position } from '../event-log/commit.ts'
import type { EventLog } from '../event-log/event-log.ts'
import type { Logger } from '../logger/logger.ts'
import type { Holdings, Shares } from '../sharing/shares.ts'
import { createAlarm } from '../timing/alarm.ts'
import type { WakeUp } from '../wake-up/wake-up.ts'
import { createFollower } from './follower.ts'
import { createPartitionProgress } from './partition-progress.ts'
import { createFeedReader, type FeedPage } from './read-feed.ts'

const mostOfGather = 4

export type FeedFault = Readonly<{ _tag: string; kind: string; message: string }>

/** Partitions another process has taken over meanwhile. */
export type Deposed = ReadonlyArray<number>

/** Who takes the log in. What it answers a fault to is given to it again. */
export type Taker = Readonly<{
  name: string
  /** Everything of the partition up to this position has been taken in. */
  checkpoint: (partition: number) => number
  /** Told before anything of these partitions is taken in: from now on they are this process's. */
  takeUp: (holdings: Holdings) => Promise<E.Either<FeedFault, Deposed>>
  takeIn: (page: FeedPage) => Promise<E.Either<FeedFault, Deposed>>
}>

type Options = Readonly<{
  log: EventLog
  wakeUp: WakeUp
  shares: Shares
  logger: Logger
  /** Commits that arrive within it are taken in together, unless there is more than one page of them. */
  gatherMs: number
  /** The same after a page of several streams, since then more are on their way. Absent: no longer than else. */
  busyGatherMs?: number
  /** After this long without a hint every partition is looked at. */
  idleMs: number
}>

export type Feed = Readonly<{
  /** Resolves when the partitions held so far have been taken up, or will be tried again. */
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Has the taker take up all its partitions again, between two pages, since what it takes in has changed. */
  renew: () => void
  /** Resolves when this process has first taken in all there was of its partitions, or was stopped. */
  caughtUp: Promise<void>
  health: () => FeedHealth
}>

export type FeedHealth = Readonly<{
  failure: string | null
  /** Positions missing in the log before others that are there: nothing beyond them is taken in. */
  gaps: ReadonlyArray<Position>
  /** Last known positions of the partitions this process follows. */
  tails: ReadonlyMap<number, number>
}>

const isOfSeveral = ({ commits }: FeedPage): boolean => commits.some(({ s }) => s !== commits[0]?.s)

// Where pages take long, a feed spends no more than a third of its time on them.
const restMs = (gatherMs: number, tookMs: number): number =>
  Math.min(Math.max(gatherMs, 2 * tookMs), mostOfGather * gatherMs)

/**
 * Follows the partitions this process holds: those a hint names, and all that have grown whenever no hint came for a
 * while. Each is read once, past the taker's checkpoint.
 */
export const followFeed = (options: Options, taker: Taker): Feed => {
  const { log, wakeUp, shares, logger, gatherMs, busyGatherMs = gatherMs, idleMs } = options
  const read = createFeedReader(log)
  const alarm = createAlarm()
  // What has been hinted at waits for more to go with it; only an end is not held up.
  const gathering = createAlarm()
  const progress = createPartitionProgress(taker.checkpoint)
  const caughtUp = Promise.withResolvers<void>()
  let taken: Holdings = new Map()
  let gaps: ReadonlyArray<Position> = []
  let isLookedOver = false
  let isRenewed = false
  let unsubscribe = (): void => undefined

  const lookOver = async (): Promise<E.Either<FeedFault, void>> => {
    const tails = await log.tails()()
    if (E.isLeft(tails)) return tails
    for (const [p, n] of tails.right.entries()) if (taken.has(p)) progress.noteTail({ p, n })
    isLookedOver = true
    return E.right(undefined)
  }

  const drop = (deposed: Deposed): void => {
    for (const partition of deposed) shares.deposed(partition, taken.get(partition) ?? null)
    taken = new Map([...taken].filter(([p]) => !deposed.includes(p)))
  }

  const newlyHeld = (): Holdings => new Map([...shares.held()].filter(([p, fence]) => taken.get(p) !== fence))

  const takeUp = async (gained: Holdings): Promise<E.Either<FeedFault, void>> => {
    const deposed = await taker.takeUp(gained)
    if (E.isLeft(deposed)) return deposed
    taken = new Map([...taken, ...gained])
    isLookedOver = false
    drop(deposed.right)
    return lookOver()
  }

  const noteGaps = (partitions: ReadonlyArray<number>, found: ReadonlyArray<Position>): void => {
    for (const gap of found) logger.error({ partition: gap.p, position: gap.n }, 'a position of the log is missing')
    gaps = [...gaps.filter(({ p }) => !partitions.includes(p)), ...found]
  }

  const takeIn = async (partitions: ReadonlyArray<number>): Promise<E.Either<FeedFault, void>> => {
    const began = performance.now()
    const page = await read(partitions, taker.checkpoint)
    if (E.isLeft(page)) return page
    const deposed = await taker.takeIn(page.right)
    if (E.isLeft(deposed)) return deposed
    drop(deposed.right)
    noteGaps(partitions, page.right.gaps)
    progress.mark(page.right.unread)
    const gather = isOfSeveral(page.right) ? busyGatherMs : gatherMs
    if (page.right.unread.length === 0 && gather > 0) await gathering.sleep(restMs(gather, performance.now() - began))
    return E.right(undefined)
  }

  const takeMarked = async (): Promise<E.Either<FeedFault, void>> => {
    const partitions = progress.takeMarked().filter(p => taken.has(p))
    let done: E.Either<FeedFault, void> | null = null
    try {
      done = await takeIn(partitions)
      return done
    } finally {
      if (done === null || E.isLeft(done)) progress.mark(partitions)
    }
  }

  const rest = async (): Promise<void> => {
    caughtUp.resolve()
    isLookedOver = (await alarm.sleep(idleMs)) === 'rung'
    if (isLookedOver && gatherMs > 0) await gathering.sleep(gatherMs)
  }

  // One turn of the event loop gathers the hints of a whole group of appends, and lets others in between two rounds.
  const next = async (): Promise<E.Either<FeedFault, void>> => {
    await nextTurn()
    taken = new Map([...taken].filter(([p, fence]) => !isRenewed && shares.held().get(p) === fence))
    isRenewed = false
    const gained = newlyHeld()
    if (gained.size > 0) return takeUp(gained)
    if (!isLookedOver) return lookOver()
    return progress.hasMarked() ? takeMarked() : E.right(await rest())
  }

  const step = async (): Promise<string | null> => {
    const done = await next()
    return E.isLeft(done) ? `${done.left._tag} ${done.left.kind}: ${done.left.message}` : null
  }

  const follower = createFollower({ name: taker.name, step, alarm, logger })

  const hear = (position: Position): void => {
    if (!taken.has(position.p)) return
    progress.noteTail(position)
    if (progress.hasMarked()) alarm.ring()
  }

  const start = async (): Promise<void> => {
    unsubscribe = wakeUp.subscribe(hear)
    shares.onChange(alarm.ring)
    if (newlyHeld().size > 0) await step().catch(() => null)
    follower.start()
  }

  const stop = async (): Promise<void> => {
    unsubscribe()
    gathering.ring()
    await follower.stop()
    caughtUp.resolve()
  }

  const renew = (): void => {
    isRenewed = true
    alarm.ring()
  }

  const heldTails = () => new Map([...progress.tails].filter(([p]) => taken.has(p)))

  return {
    start,
    stop,
    renew,
    caughtUp: caughtUp.promise,
    health: () => ({ failure: follower.failure(), gaps: gaps.filter(({ p }) => taken.has(p)), tails: heldTails() }),
  }
}
