import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { route } from '@runledger/shared-kernel/http/route.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import express, { type Router } from 'express'
import { projectorGroup } from '../follow-projections.ts'
import type { Generations } from '../generations/registry.ts'
import { historyProjection } from '../read-models/history/history-projection.ts'
import { replaysProjection } from '../read-models/replays/replays-projection.ts'
import type { ReadResult } from '../read-models/result/read-result.ts'
import type { StreamTiming } from '../streams/send-events.ts'
import type { StreamWatch } from '../streams/watch-partitions.ts'
import { changeProjection, dropVersion } from './change-projection.ts'
import { getCommits } from './get-commits.ts'
import { getDocs, getOpenapi } from './get-docs.ts'
import { getEvents } from './get-events.ts'
import { getLanguages } from './get-languages.ts'
import { getProjections } from './get-projections.ts'
import { getReplays } from './get-replays.ts'
import { getResult, type ResultReading } from './get-result.ts'
import { getStream } from './get-stream.ts'
import { getSubmissions } from './get-submissions.ts'
import { getLanguageStatistics, getUsage, getWorkerActivity } from './get-tallies.ts'

type Dependencies = Readonly<{
  log: EventLog
  store: ReadModelStore
  keyring: Pick<Keyring, 'keyOf'>
  catalogue: LanguageCatalogue
  limits: LimitPolicy
  generations: Generations
  results: ResultReading
  /** The result a submission has now, for whoever does not wait. */
  readResult: ReadResult
  awaitHistory: ResultReading['awaitPosition']
  watched: Pick<StreamWatch, 'watch'>
  streamTiming: StreamTiming | undefined
}>

/** What clients and operators may ask of the read side. */
export const queryRouter = (dependencies: Dependencies): Router => {
  const { log, store, keyring, generations, results, readResult, awaitHistory, watched, streamTiming } = dependencies
  const { catalogue, limits } = dependencies
  const { active } = generations
  const router = express.Router()

  const submissions = getSubmissions({
    ...{ store, catalogue, awaitPosition: awaitHistory },
    active: () => active(historyProjection),
  })
  const replays = getReplays({
    ...{ store, readResult, openResult: results.openResult },
    active: () => active(replaysProjection),
  })
  const stream = getStream({ log, watched, keyring, ...(streamTiming && { timing: streamTiming }) })

  return router
    .use(route('/api/result/:id', { GET: getResult(results) }))
    .use(route('/api/submissions', { GET: submissions }))
    .use(route('/api/submissions/:id/replays', { GET: replays }))
    .use(route('/api/submissions/:id/events', { GET: getEvents(log, keyring) }))
    .use(route('/api/submissions/:id/stream', { GET: stream }))
    .use(route('/api/audit/commits', { GET: getCommits(log) }))
    .use(route('/api/statistics/languages', { GET: getLanguageStatistics({ store, active }) }))
    .use(route('/api/usage', { GET: getUsage({ store, active }) }))
    .use(route('/api/workers/activity', { GET: getWorkerActivity({ store, active }) }))
    .use(route('/api/languages', { GET: getLanguages(catalogue, limits) }))
    .use(route('/docs', { GET: getDocs }))
    .use(route('/docs/openapi.json', { GET: getOpenapi }))
    .use(route('/api/admin/projections', { GET: getProjections({ log, store, group: projectorGroup, generations }) }))
    .use(route('/api/admin/projections/:name/versions/:version', { DELETE: dropVersion(generations) }))
    .use(route('/api/admin/projections/:name/:change', { POST: changeProjection(generations) }))
}
