import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { sendProblem } from '@runledger/shared-kernel/http/problem.ts'
import type { Lease } from '@runledger/shared-kernel/read-model-store/lease-store.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { RequestHandler } from 'express'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Generation, type GenerationRecord, shownState } from '../generations/generation-record.ts'
import type { Generations } from '../generations/registry.ts'
import { loadParkedStreams } from '../projector/parked-streams.ts'
import { atGeneration, type Projection, projectionKey } from '../projector/projection.ts'
import { unavailableNow } from './problems.ts'

type Dependencies = Readonly<{
  log: Pick<EventLog, 'tails'>
  store: ReadModelStore
  /** The processes that share the partitions. */
  group: string
  generations: Pick<Generations, 'projections' | 'record'>
}>

type Facts = Readonly<{
  tails: ReadonlyArray<number>
  leases: ReadonlyArray<Lease>
  checkpoints: ReadonlyMap<number, number>
  parked: number
}>

const presentPartitions = ({ tails, leases, checkpoints }: Facts) => {
  const owners = new Map(leases.map(({ partition, holder }) => [partition, holder]))
  return tails.map((tail, p) => ({ p, tail, checkpoint: checkpoints.get(p) ?? 0, owner: owners.get(p) ?? null }))
}

const presentGeneration = (record: GenerationRecord, generation: Generation, facts: Facts) => {
  const partitions = presentPartitions(facts)
  const total = partitions.reduce((sum, { tail }) => sum + tail, 0)
  const lag = partitions.reduce((behind, { tail, checkpoint }) => behind + Math.max(0, tail - checkpoint), 0)
  const { number: version, code, reason } = generation
  const progress = total === 0 ? 1 : (total - lag) / total
  return {
    version,
    state: shownState(record, generation),
    code,
    reason,
    lag,
    progress,
    parked: facts.parked,
    partitions,
  }
}

// Tails are read after the checkpoints: what is said of the lag is never too little.
const factsOf = ({ log, store, group }: Dependencies, stored: Projection) =>
  pipe(
    TE.Do,
    TE.bind('checkpoints', () => store.checkpoints(projectionKey(stored))),
    TE.bindW('tails', () => log.tails()),
    TE.bindW('leases', () => store.leases.read(group)),
    TE.bindW('parked', () => () => loadParkedStreams(store, projectionKey(stored))),
    TE.map(({ checkpoints, tails, leases, parked }) => ({ checkpoints, tails, ...leases, parked: parked.length })),
  )

const describe = (dependencies: Dependencies, projection: Projection) => {
  const record = dependencies.generations.record(projection)
  const { name } = projection
  return pipe(
    record.generations,
    TE.traverseArray(generation =>
      pipe(
        factsOf(dependencies, atGeneration(projection, generation.number)),
        TE.map(facts => presentGeneration(record, generation, facts)),
      ),
    ),
    TE.map(versions => ({ name, active: record.active, versions })),
  )
}

/** `GET /api/admin/projections`: how far each projection has followed each partition, and which process follows it. */
export const getProjections =
  (dependencies: Dependencies): RequestHandler =>
  async (_request, response) => {
    const described = await TE.traverseArray((projection: Projection) => describe(dependencies, projection))(
      dependencies.generations.projections,
    )()
    if (isLeft(described)) return sendProblem(response, unavailableNow('Projections cannot be read now'))
    response.set('Cache-Control', 'no-store').json({ projections: described.right })
  }
