import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { route } from '@runledger/shared-kernel/http/route.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { submissionOfStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import express, { type Router } from 'express'
import { getLanguages } from './http/get-languages.ts'
import { getResult } from './http/get-result.ts'
import { createProjector } from './projector/projector.ts'
import type { ProjectorHealth } from './projector/projector-health.ts'
import { readResult, readResultFromStream } from './read-models/result/read-result.ts'
import { resultProjection } from './read-models/result/result-projection.ts'
import { awaitPosition } from './waiting/await-position.ts'
import { awaitResult } from './waiting/await-result.ts'
import { createWaiters } from './waiting/waiters.ts'

type Options = Readonly<{
  log: EventLog
  store: ReadModelStore
  wakeUp: WakeUp
  catalogue: LanguageCatalogue
  limits: LimitPolicy
  logger: Logger
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

/** The read side: projections of the log, and what clients may ask of them. */
export const createQueryService = (options: Options): QueryService => {
  const { log, store, wakeUp, catalogue, limits, logger, maxWaiting = defaultMaxWaiting } = options
  const resultWaiters = createWaiters<SubmissionId>(maxWaiting)
  const positionWaiters = createWaiters<number>(maxWaiting)

  const applied = (events: ReadonlyArray<RecordedEvent>, partitions: ReadonlyArray<number>): void => {
    endedSubmissions(events).forEach(resultWaiters.wake)
    partitions.forEach(positionWaiters.wake)
  }

  const projector = createProjector({
    log,
    store,
    wakeUp,
    logger,
    projections: [resultProjection],
    applied: (projection, events, partitions) => {
      if (projection === resultProjection) applied(events, partitions)
    },
  })

  const reading = {
    awaitResult: awaitResult({ read: readResult(store, log), waiters: resultWaiters }),
    readFromStream: readResultFromStream(log),
    awaitPosition: awaitPosition({
      hasPassed: position => projector.hasPassed(resultProjection, position),
      waiters: positionWaiters,
    }),
  }

  const router = express
    .Router()
    .use(route('/api/result/:id', { GET: getResult(reading) }))
    .use(route('/api/languages', { GET: getLanguages(catalogue, limits) }))

  const stop = async (): Promise<void> => {
    resultWaiters.close()
    positionWaiters.close()
    await projector.stop()
  }

  return { router, start: projector.start, stop, health: projector.health }
}
