import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { route } from '@runledger/shared-kernel/http/route.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { sharePartitions } from '@runledger/shared-kernel/sharing/share-partitions.ts'
import { allPartitions } from '@runledger/shared-kernel/sharing/shares.ts'
import { submissionOfStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import express, { type Router } from 'express'
import { getLanguages } from './http/get-languages.ts'
import { getProjections } from './http/get-projections.ts'
import { getResult } from './http/get-result.ts'
import { getSubmissions } from './http/get-submissions.ts'
import { getLanguageStatistics, getUsage, getWorkerActivity } from './http/get-tallies.ts'
import { type Projection, projectionKey } from './projector/projection.ts'
import { createProjector } from './projector/projector.ts'
import type { ProjectorHealth } from './projector/projector-health.ts'
import { historyProjection } from './read-models/history/history-projection.ts'
import { languagesProjection } from './read-models/languages/languages-projection.ts'
import { readResult, readResultFromStream } from './read-models/result/read-result.ts'
import { resultProjection } from './read-models/result/result-projection.ts'
import { usageProjection } from './read-models/usage/usage-projection.ts'
import { workersProjection } from './read-models/workers/workers-projection.ts'
import { awaitPosition } from './waiting/await-position.ts'
import { awaitResult } from './waiting/await-result.ts'
import { followElsewhere } from './waiting/follow-elsewhere.ts'
import { createWaitingRooms } from './waiting/waiting-rooms.ts'

/**
 * `name` is this process's, another one after each start; `applied` carries how far each partition is projected;
 * `beatMs` is how often this process shows that it lives.
 */
export type Sharing = Readonly<{ name: string; applied: WakeUp; beatMs?: number }>

type Options = Readonly<{
  log: EventLog
  store: ReadModelStore
  wakeUp: WakeUp
  catalogue: LanguageCatalogue
  limits: LimitPolicy
  logger: Logger
  /** Where other query-services follow the same log into the same store; absent: this is the only one. */
  sharing?: Sharing
  /** Most clients that may wait at once; one more is told to come back. */
  maxWaiting?: number
}>

export type QueryService = Readonly<{
  router: Router
  /** Resolves when the projections follow the log; what they are behind is caught up meanwhile. */
  start: () => Promise<void>
  /** Answers everyone who waits with what is known, then stops projecting. */
  stop: () => Promise<void>
  health: () => ProjectorHealth
}>

const defaultMaxWaiting = 4096

const hasEnded = ({ event: { type } }: RecordedEvent): boolean =>
  type === 'ExecutionCompleted' || type === 'ExecutionFailed' || type === 'SubmissionCancelled'

const endedSubmissions = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<SubmissionId> =>
  events.filter(hasEnded).flatMap(({ stream }) => submissionOfStream(stream) ?? [])

const projectorGroup = 'projector'
const projections = [resultProjection, historyProjection, languagesProjection, usageProjection, workersProjection]
/** Clients wait for these. */
const awaited = [resultProjection, historyProjection]

/** The read side: projections of the log, and what clients may ask of them. */
export const createQueryService = (options: Options): QueryService => {
  const { log, store, wakeUp, catalogue, limits, logger, sharing, maxWaiting = defaultMaxWaiting } = options
  const { partitions } = log
  const rooms = createWaitingRooms({ maxWaiting, partitions, isShared: sharing !== undefined })
  const monotonic = () => performance.now()
  const shares =
    sharing === undefined
      ? allPartitions(partitions)
      : sharePartitions({
          ...sharing,
          leases: store.leases,
          group: projectorGroup,
          partitions,
          monotonic,
          logger,
        })

  // Others are told of a position once all that clients wait for has passed it: the hint names no projection.
  const passed = (position: Position): void => {
    rooms.passed(position)
    if (awaited.every(projection => projector.hasPassed(projection, position))) sharing?.applied.announce(position)
  }

  const projector = createProjector({
    log,
    store,
    wakeUp,
    shares,
    logger,
    projections,
    applied: (projection, events, positions) => {
      if (projection === resultProjection) endedSubmissions(events).forEach(rooms.ended)
      if (awaited.includes(projection)) positions.forEach(passed)
    },
  })

  const follow = (projection: Projection) => {
    const isHeld = (p: number): boolean => shares.held().has(p)
    const elsewhere = followElsewhere({ store, projection: projectionKey(projection), isHeld, rooms, logger })
    const hasPassed = (position: Position): boolean =>
      projector.hasPassed(projection, position) || elsewhere.hasPassed(position)
    return {
      elsewhere,
      awaitPosition: awaitPosition({ hasPassed, refresh: elsewhere.refresh, enter: rooms.enterForPosition }),
    }
  }
  const results = follow(resultProjection)
  const history = follow(historyProjection)

  const reading = {
    awaitResult: awaitResult({ read: readResult(store, log), enter: rooms.enterForResult }),
    readFromStream: readResultFromStream(log),
    awaitPosition: results.awaitPosition,
  }

  const router = express
    .Router()
    .use(route('/api/result/:id', { GET: getResult(reading) }))
    .use(route('/api/submissions', { GET: getSubmissions({ store, catalogue, awaitPosition: history.awaitPosition }) }))
    .use(route('/api/statistics/languages', { GET: getLanguageStatistics(store) }))
    .use(route('/api/usage', { GET: getUsage(store) }))
    .use(route('/api/workers/activity', { GET: getWorkerActivity(store) }))
    .use(route('/api/languages', { GET: getLanguages(catalogue, limits) }))
    .use(route('/api/admin/projections', { GET: getProjections({ log, store, group: projectorGroup, projections }) }))

  const start = async (): Promise<void> => {
    await projector.start()
    if (sharing === undefined) return
    for (const { elsewhere } of [results, history]) elsewhere.start(sharing.applied)
  }

  const stop = async (): Promise<void> => {
    rooms.close()
    for (const { elsewhere } of [results, history]) await elsewhere.stop()
    await projector.stop()
  }

  return { router, start, stop, health: projector.health }
}
