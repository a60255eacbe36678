import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { partitionOf } from '@runledger/shared-kernel/event-log/partition-of.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { isTerminal } from '@runledger/shared-kernel/submission/is-terminal.ts'
import { submissionOfStream, submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { Repetition } from '@runledger/shared-kernel/timing/repeat.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import type { Router } from 'express'
import { keepKeysDestroyed } from './erasures/keep-keys-destroyed.ts'
import { followProjections } from './follow-projections.ts'
import { queryRouter } from './http/query-router.ts'
import { type Projection, projectionKey } from './projector/projection.ts'
import type { ProjectorHealth } from './projector/projector-health.ts'
import { historyProjection } from './read-models/history/history-projection.ts'
import { presentReplayOf } from './read-models/replays/present-replay-of.ts'
import { openResult } from './read-models/result/open-result.ts'
import { readPastResult } from './read-models/result/read-past-result.ts'
import { readResult, readResultFromStream } from './read-models/result/read-result.ts'
import { resultProjection } from './read-models/result/result-projection.ts'
import type { BulkWork } from './rebuild/bulk-work.ts'
import type { StreamTiming } from './streams/send-events.ts'
import { watchPartitions } from './streams/watch-partitions.ts'
import { awaitPosition } from './waiting/await-position.ts'
import { awaitResult } from './waiting/await-result.ts'
import { followElsewhere } from './waiting/follow-elsewhere.ts'
import { latelyProjected } from './waiting/lately-projected.ts'
import { createWaitingRooms } from './waiting/waiting-rooms.ts'
import { yetToCome } from './waiting/yet-to-come.ts'

/**
 * `name` is this process's, another one after each start; `applied` carries how far each partition is projected;
 * `beatMs` is how often this process shows that it lives.
 */
export type Sharing = Readonly<{ name: string; applied: WakeUp; beatMs?: number }>

type Options = Readonly<{
  log: EventLog
  store: ReadModelStore
  /** What the log has sealed is opened with, when it is read. */
  keyring: Pick<Keyring, 'keyOf' | 'destroy'>
  wakeUp: WakeUp
  catalogue: LanguageCatalogue
  limits: LimitPolicy
  logger: Logger
  /** Where other query-services follow the same log into the same store; absent: this is the only one. */
  sharing?: Sharing
  /** Most clients that may wait at once; one more is told to come back. */
  maxWaiting?: number
  /** Most event streams that may be open at once; one more is told to come back. */
  maxStreams?: number
  streamTiming?: StreamTiming
  /** How the log is read as a whole; absent: between the requests of this thread. */
  bulk?: BulkWork
  /** Absent: those of the read models' folder. */
  projections?: ReadonlyArray<Projection>
}>

export type QueryService = Readonly<{
  router: Router
  /** Resolves when the projections follow the log; what they are behind is caught up meanwhile. */
  start: () => Promise<void>
  /** Answers everyone who waits with what is known, then stops projecting. */
  stop: () => Promise<void>
  health: () => ProjectorHealth
  /** Event streams that clients follow now. */
  openStreams: () => number
  /** Clients that wait for a result or a position now. */
  waiting: () => number
}>

const defaultMaxWaiting = 4096
const defaultMaxStreams = 4096

const endedSubmissions = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<SubmissionId> =>
  events.filter(({ event }) => isTerminal(event)).flatMap(({ stream }) => submissionOfStream(stream) ?? [])

// A partition taken over by another process stays where it was, whatever of it was read here.
const isWithin = (positions: ReadonlyArray<Position>) => {
  const reached = new Map(positions.map(({ p, n }) => [p, n]))
  return ({ position: { p, n } }: RecordedEvent): boolean => n <= (reached.get(p) ?? 0)
}

/** Clients wait for these. */
const awaited = [resultProjection, historyProjection]

/** The read side: projections of the log, and what clients may ask of them. */
export const createQueryService = (options: Options): QueryService => {
  const { log, store, keyring, wakeUp, catalogue, limits, logger, sharing } = options
  const { maxWaiting = defaultMaxWaiting, maxStreams = defaultMaxStreams, streamTiming } = options
  const { partitions } = log
  const rooms = createWaitingRooms({ maxWaiting, partitions, isShared: sharing !== undefined })
  const lately = latelyProjected()
  const toCome = yetToCome(() => Date.now())
  const active = (): Projection | null => followed.generations.active(resultProjection)

  // Others are told of a position once all that clients wait for has passed it: the hint names no projection.
  const passed = (positions: ReadonlyArray<Position>): void => {
    const read = awaited.flatMap(projection => generations.active(projection) ?? [])
    for (const position of positions) {
      rooms.passed(position)
      if (read.every(generation => projector.hasPassed(generation, position))) sharing?.applied.announce(position)
    }
  }

  const followed = followProjections({
    ...options,
    applied: (projection, events, positions) => {
      if (projection.name === resultProjection.name && projection.version === active()?.version) {
        const projected = events.filter(isWithin(positions))
        lately.note(projected)
        toCome.note(projected)
        endedSubmissions(events).forEach(rooms.ended)
      }
      if (awaited.some(({ name }) => name === projection.name)) passed(positions)
    },
  })
  const { generations, projector, shares } = followed
  for (const memory of [lately, toCome]) {
    shares.onChange(memory.forget)
    generations.onChange(memory.forget)
  }
  const isHeld = (id: SubmissionId): boolean => shares.held().has(partitionOf(submissionStream(id), partitions))

  const follow = (projection: Projection) => {
    const generation = (): Projection | null => generations.active(projection)
    const elsewhere = followElsewhere({
      store,
      projection: () => projectionKey(generation() ?? projection),
      isHeld: p => shares.held().has(p),
      rooms,
      logger,
    })
    const hasPassed = (position: Position): boolean => {
      const read = generation()
      return read !== null && (projector.hasPassed(read, position) || elsewhere.hasPassed(position))
    }
    return {
      elsewhere,
      awaitPosition: awaitPosition({ hasPassed, refresh: elsewhere.refresh, enter: rooms.enterForPosition }),
    }
  }
  const results = follow(resultProjection)
  const history = follow(historyProjection)

  const read = readResult({ store, log, active })
  const reading = {
    awaitResult: awaitResult({
      ...{ read, rooms },
      recall: id => (isHeld(id) ? lately.recall(id) : null),
      isNew: id => isHeld(id) && toCome.has(id),
    }),
    readFromStream: readResultFromStream(log),
    openResult: openResult(keyring),
    presentReplayOf: presentReplayOf(read),
    readPast: readPastResult(log),
    awaitPosition: results.awaitPosition,
  }

  const watched = watchPartitions({ log, wakeUp, logger, capacity: maxStreams })

  const router = queryRouter({
    ...{ log, store, keyring, catalogue, limits, generations, watched, streamTiming },
    ...{ results: reading, readResult: read },
    awaitHistory: history.awaitPosition,
  })

  let destroying: Repetition | null = null

  const start = async (): Promise<void> => {
    watched.start()
    await followed.start()
    destroying = keepKeysDestroyed({ store, keyring, logger, active: () => generations.active(historyProjection) })
    if (sharing === undefined) return
    for (const { elsewhere } of [results, history]) elsewhere.start(sharing.applied)
  }

  const stop = async (): Promise<void> => {
    rooms.close()
    await destroying?.stop()
    await watched.stop()
    for (const { elsewhere } of [results, history]) await elsewhere.stop()
    await followed.stop()
  }

  return { router, start, stop, health: projector.health, openStreams: watched.count, waiting: rooms.count }
}
