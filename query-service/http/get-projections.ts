import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { sendProblem } from '@runledger/shared-kernel/http/problem.ts'
import type { Lease } from '@runledger/shared-kernel/read-model-store/lease-store.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { RequestHandler } from 'express'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Projection, projectionKey } from '../projector/projection.ts'

type Dependencies = Readonly<{
  log: Pick<EventLog, 'tails'>
  store: Pick<ReadModelStore, 'checkpoints' | 'leases'>
  /** The processes that share the partitions. */
  group: string
  projections: ReadonlyArray<Projection>
}>

type Facts = Readonly<{
  tails: ReadonlyArray<number>
  leases: ReadonlyArray<Lease>
  checkpoints: ReadonlyMap<number, number>
}>

const presentPartitions = ({ tails, leases, checkpoints }: Facts) => {
  const owners = new Map(leases.map(({ partition, holder }) => [partition, holder]))
  return tails.map((tail, p) => ({ p, tail, checkpoint: checkpoints.get(p) ?? 0, owner: owners.get(p) ?? null }))
}

const presentProjection = ({ name, version }: Projection, facts: Facts) => {
  const partitions = presentPartitions(facts)
  const lag = partitions.reduce((behind, { tail, checkpoint }) => behind + Math.max(0, tail - checkpoint), 0)
  return { name, active: version, versions: [{ version, state: 'live', lag, partitions }] }
}

// Tails are read after the checkpoints: what is said of the lag is never too little.
const describe = ({ log, store, group }: Dependencies, projection: Projection) =>
  pipe(
    TE.Do,
    TE.bind('checkpoints', () => store.checkpoints(projectionKey(projection))),
    TE.bindW('tails', () => log.tails()),
    TE.bindW('leases', () => store.leases.read(group)),
    TE.map(({ checkpoints, tails, leases }) => presentProjection(projection, { checkpoints, tails, ...leases })),
  )

/** `GET /api/admin/projections`: how far each projection has followed each partition, and which process follows it. */
export const getProjections =
  (dependencies: Dependencies): RequestHandler =>
  async (_request, response) => {
    const described = await TE.traverseArray((projection: Projection) => describe(dependencies, projection))(
      dependencies.projections,
    )()
    if (isLeft(described)) {
      const headers = { 'Retry-After': '1' }
      return sendProblem(response, { status: 503, error: 'Projections cannot be read now', headers })
    }
    response.set('Cache-Control', 'no-store').json({ projections: described.right })
  }
