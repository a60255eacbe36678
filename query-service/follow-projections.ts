import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { sharePartitions } from '@runledger/shared-kernel/sharing/share-partitions.ts'
import { allPartitions, type Shares } from '@runledger/shared-kernel/sharing/shares.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { type Generations, openGenerations } from './generations/registry.ts'
import type { Projection } from './projector/projection.ts'
import { createProjector, type Projector } from './projector/projector.ts'
import { twoProjectors } from './projector/two-projectors.ts'
import { projections as ownProjections } from './read-models/projections.ts'
import { bulkInProcess } from './rebuild/bulk-in-process.ts'
import type { BulkWork } from './rebuild/bulk-work.ts'
import { createRebuilder } from './rebuild/rebuilder.ts'

type Options = Readonly<{
  log: EventLog
  store: ReadModelStore
  wakeUp: WakeUp
  logger: Logger
  /** Where other processes follow the same log into the same store; absent: this is the only one. */
  sharing?: Readonly<{ name: string; beatMs?: number }>
  /** How the log is read as a whole; absent: between the other work of this thread. */
  bulk?: BulkWork
  /** Absent: those of the read models' folder. */
  projections?: ReadonlyArray<Projection>
  /** Told after the read model holds what the events say, and everything before the positions in their partitions. */
  applied?: (projection: Projection, events: ReadonlyArray<RecordedEvent>, positions: ReadonlyArray<Position>) => void
}>

export type FollowedProjections = Readonly<{
  generations: Generations
  projector: Projector
  shares: Shares
  start: () => Promise<void>
  stop: () => Promise<void>
}>

export const projectorGroup = 'projector'
export const rebuilderGroup = 'rebuilder'
// Longer than a process takes to see what another has written of a generation.
const settleMs = 3000
const aloneSettleMs = 250
// Between two pages of a log that others write too, or that many write at once: each costs the same, however little it holds.
const resultGatherMs = 15
// Nobody waits for tallies: what comes within this time is added up at once, and no result waits for it.
const tallyMs = 250
// Each page of tallies writes about as much, however many submissions it adds.
const busyTallyMs = 1000

/** Keeps every generation of every projection up with the log, and makes those that were asked for. */
export const followProjections = (options: Options): FollowedProjections => {
  const { log, store, wakeUp, logger, sharing, applied = () => undefined } = options
  const { bulk = bulkInProcess({ log, store }), projections = ownProjections } = options
  const monotonic = () => performance.now()
  const shareOf = (group: string, partitions: number): Shares =>
    sharing === undefined
      ? allPartitions(partitions)
      : sharePartitions({ ...sharing, leases: store.leases, group, partitions, monotonic, logger })

  const shares = shareOf(projectorGroup, log.partitions)
  const generations = openGenerations({ store, projections, logger })
  const followedWhere = (isWanted: (projection: Projection) => boolean) => ({
    all: () => generations.followed().filter(isWanted),
    onChange: generations.onChange,
    replays: (projection: Projection) => generations.record(projection).replays,
  })
  const following = { log, store, wakeUp, logger, applied }
  const projector = twoProjectors(
    createProjector({
      ...following,
      shares,
      gatherMs: sharing === undefined ? 0 : resultGatherMs,
      busyGatherMs: resultGatherMs,
      followed: followedWhere(({ across }) => across === undefined),
    }),
    createProjector({
      ...following,
      name: 'the projector of tallies',
      gatherMs: tallyMs,
      busyGatherMs: busyTallyMs,
      // They are taken and left by the first one.
      shares: { ...shares, start: async () => undefined, stop: async () => undefined },
      followed: followedWhere(({ across }) => across !== undefined),
    }),
  )
  const rebuilder = createRebuilder({
    ...{ log, store, generations, bulk, logger },
    shares: shareOf(rebuilderGroup, 1),
    settleMs: sharing === undefined ? aloneSettleMs : settleMs,
  })

  return {
    generations,
    projector,
    shares,
    start: async () => {
      await generations.start()
      await projector.start()
      await rebuilder.start()
    },
    stop: async () => {
      await rebuilder.stop()
      await generations.stop()
      await projector.stop()
    },
  }
}
