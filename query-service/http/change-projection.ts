import { type Problem, sendProblem } from '@runledger/shared-kernel/http/problem.ts'
import type { RequestHandler, Response } from 'express'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type GenerationRecord, shownState } from '../generations/generation-record.ts'
import type { Generations } from '../generations/registry.ts'
import {
  askForReplay,
  beginDropping,
  rollBack,
  startRebuild,
  swapForward,
  type Transition,
  underWay,
} from '../generations/transitions.ts'
import type { Projection } from '../projector/projection.ts'
import { unavailableNow } from './problems.ts'

type Change = (projection: Projection) => Transition

const changes: Readonly<Record<string, Change>> = {
  rebuild: ({ version }) => startRebuild(version, true),
  swap: () => swapForward,
  rollback: () => rollBack,
  'replay-parked': () => askForReplay,
}

const presentRecord = (name: string, record: GenerationRecord) => ({
  name,
  active: record.active,
  versions: record.generations.map(each => ({ version: each.number, state: shownState(record, each) })),
})

const unknown = (what: string): Problem => ({ status: 404, error: what })

const find = ({ projections }: Generations, name: unknown): Projection | undefined =>
  projections.find(projection => projection.name === name)

const apply = async (
  generations: Generations,
  {
    projection,
    transition,
    response,
  }: Readonly<{ projection: Projection; transition: Transition; response: Response }>,
): Promise<GenerationRecord | null> => {
  const changed = await generations.change(projection, transition)
  if (!isLeft(changed)) return changed.right
  const { left: fault } = changed
  if (fault._tag === 'GenerationRefusal')
    sendProblem(response, { status: 409, error: `${projection.name}: ${fault.why}` })
  else sendProblem(response, unavailableNow('Projections cannot be changed now'))
  return null
}

/** `POST /api/admin/projections/:name/rebuild|swap|rollback|replay-parked`. A second rebuild joins the first. */
export const changeProjection =
  (generations: Generations): RequestHandler =>
  async (request, response) => {
    const { name, change: asked } = request.params
    const change = Object.entries(changes).find(([word]) => word === asked)?.[1]
    if (change === undefined) return sendProblem(response, unknown(`There is nothing called ${asked} to do`))
    const projection = find(generations, name)
    if (projection === undefined) return sendProblem(response, unknown(`There is no projection ${name}`))
    let joined = false
    const transition: Transition = before => {
      joined = underWay(before, projection.version) !== null
      return change(projection)(before)
    }
    const record = await apply(generations, { projection, transition, response })
    if (record === null) return
    const version = underWay(record, projection.version)?.number
    const rebuild = asked === 'rebuild' ? { version, joined } : {}
    response.status(202).json({ ...presentRecord(projection.name, record), ...rebuild })
  }

/** `DELETE /api/admin/projections/:name/versions/:version`: not the one that is read. */
export const dropVersion =
  (generations: Generations): RequestHandler =>
  async (request, response) => {
    const { name, version } = request.params
    const projection = find(generations, name)
    if (projection === undefined) return sendProblem(response, unknown(`There is no projection ${name}`))
    const record = await apply(generations, { projection, transition: beginDropping(Number(version)), response })
    if (record !== null) response.status(202).json(presentRecord(projection.name, record))
  }
