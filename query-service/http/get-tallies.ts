import { type FieldError, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { RequestHandler } from 'express'
import { type Either, isLeft, map } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Projection } from '../projector/projection.ts'
import type { Tally } from '../projector/tally.ts'
import { findTallies, type Period } from '../read-models/find-tallies.ts'
import { languagesProjection } from '../read-models/languages/languages-projection.ts'
import { presentLanguage } from '../read-models/languages/present-languages.ts'
import { presentUsage } from '../read-models/usage/present-usage.ts'
import { usageProjection } from '../read-models/usage/usage-projection.ts'
import { presentWorker } from '../read-models/workers/present-worker.ts'
import { workersProjection } from '../read-models/workers/workers-projection.ts'
import { unavailableNow } from './problems.ts'
import { decodeTalliesQuery } from './tallies-query.ts'

type Reading = Readonly<{
  store: Pick<ReadModelStore, 'find'>
  /** The generation of a read model that is read; null where this code cannot read it. */
  active: (projection: Projection) => Projection | null
}>

type Question = Readonly<{
  projection: Projection
  member: string
  periodOf: (parameters: unknown) => Either<ReadonlyArray<FieldError>, Period>
  present: (tally: Tally) => object
}>

const getTallies =
  ({ projection, member, periodOf, present }: Question, { store, active }: Reading): RequestHandler =>
  async (request, response) => {
    const period = periodOf(request.query)
    if (isLeft(period)) return sendProblem(response, unprocessable(period.left))
    const generation = active(projection)
    const tallies = generation === null ? null : await findTallies(store, generation, period.right)
    if (tallies === null || isLeft(tallies))
      return sendProblem(response, unavailableNow('Statistics cannot be read now'))
    response.set('Cache-Control', 'no-store').json({ [member]: tallies.right.map(present) })
  }

const within = (defaultDays: number, mostDays: number) => (parameters: unknown) =>
  decodeTalliesQuery(parameters, { defaultDays, mostDays }, Date.now())

const decodeNothing = strictly(t.strict({}))
const timeless = (parameters: unknown) =>
  map((): Period => ({ from: '', to: '~' }))(decodeNothing({ ...(parameters as object) }))

/** `GET /api/statistics/languages`: outcomes and times by language and hour, by default of the last day. */
export const getLanguageStatistics = (reading: Reading): RequestHandler =>
  getTallies(
    { projection: languagesProjection, member: 'statistics', periodOf: within(1, 7), present: presentLanguage },
    reading,
  )

/** `GET /api/usage`: runs and CPU seconds by tenant and UTC day, by default of the last 30 days. */
export const getUsage = (reading: Reading): RequestHandler =>
  getTallies(
    { projection: usageProjection, member: 'usage', periodOf: within(30, 366), present: presentUsage },
    reading,
  )

/** `GET /api/workers/activity`: what each worker did, and how much of it runs now. */
export const getWorkerActivity = (reading: Reading): RequestHandler =>
  getTallies({ projection: workersProjection, member: 'workers', periodOf: timeless, present: presentWorker }, reading)
