import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import { sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { anonymousTenant } from '@runledger/shared-kernel/types/anonymous.ts'
import type { RequestHandler } from 'express'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Projection } from '../projector/projection.ts'
import { findHistory, type HistoryFilter, type HistoryPage } from '../read-models/history/find-history.ts'
import type { HistoryBody } from '../read-models/history/history-body.ts'
import { closedSignal } from './closed-signal.ts'
import { historyCursor } from './history-cursor.ts'
import { decodeHistoryQuery } from './history-query.ts'
import { unavailableNow } from './problems.ts'

type Reading = Readonly<{
  store: Pick<ReadModelStore, 'find'>
  catalogue: Pick<LanguageCatalogue, 'find'>
  /** The generation of the read model that is read; null where this code cannot read it. */
  active: () => Projection | null
  awaitPosition: (position: Position, patience: { waitMs: number; signal: AbortSignal }) => Promise<boolean>
}>

const longestProjectionWaitMs = 5000

const presentLine = ({ tenant: _tenant, place: _place, ...line }: HistoryBody) => line

const presentPage = (filter: HistoryFilter, { lines, next }: HistoryPage) => ({
  submissions: lines.map(presentLine),
  next: next === null ? null : historyCursor(filter, next),
})

/** `GET /api/submissions`: the history, newest first, page by page. */
export const getSubmissions =
  ({ store, catalogue, active, awaitPosition }: Reading): RequestHandler =>
  async (request, response) => {
    const asked = decodeHistoryQuery(request.query, request.get('X-Position'), {
      tenant: anonymousTenant,
      catalogue,
    })
    if (isLeft(asked)) return sendProblem(response, unprocessable(asked.left))
    const { query, position } = asked.right
    const patience = { waitMs: longestProjectionWaitMs, signal: closedSignal(response) }
    if (position !== null && !(await awaitPosition(position, patience)))
      return sendProblem(response, unavailableNow('The history has not reached that position yet'))
    const generation = active()
    const page = generation === null ? null : await findHistory({ store, generation }, query)
    if (page === null || isLeft(page)) return sendProblem(response, unavailableNow('The history cannot be read now'))
    response.set('Cache-Control', 'no-store').json(presentPage(query.filter, page.right))
  }
