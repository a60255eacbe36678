import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { KeyStoreFault } from '@runledger/shared-kernel/sealing/key-store.ts'
import { type SubmissionId, submissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { RequestHandler } from 'express'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Projection } from '../projector/projection.ts'
import { findReplays, type Page } from '../read-models/replays/find-replays.ts'
import { presentOriginal, presentReplay } from '../read-models/replays/present-replays.ts'
import type { ReadOpen } from '../read-models/result/open-result.ts'
import type { ReadResult } from '../read-models/result/read-result.ts'
import type { OpenResult } from '../read-models/result/result.ts'
import { submissionNotFound, unavailableNow } from './problems.ts'
import { decodeReplaysQuery } from './replays-query.ts'

type Reading = Readonly<{
  store: Pick<ReadModelStore, 'find'>
  readResult: ReadResult
  openResult: ReadOpen
  /** The generation of the read model that is read; null where this code cannot read it. */
  active: () => Projection | null
}>

type Presented = Readonly<Record<string, unknown>>
type BeingBuilt = Readonly<{ _tag: 'BeingBuilt' }>
type Fault = EventLogFault | KeyStoreFault | ReadModelStoreFault | BeingBuilt

const unavailable = unavailableNow('Replays cannot be read now')

/** `GET /api/submissions/:id/replays`: the replays of a submission, each compared with it. */
export const getReplays =
  (reading: Reading): RequestHandler =>
  async (request, response) => {
    const id = submissionId.decode(request.params['id'])
    const page = decodeReplaysQuery(request.query)
    if (isLeft(id)) return sendProblem(response, submissionNotFound)
    if (isLeft(page)) return sendProblem(response, unprocessable(page.left))
    const answer = await read(reading, id.right, page.right)
    if (isLeft(answer)) return sendProblem(response, unavailable)
    if (answer.right === null) return sendProblem(response, submissionNotFound)
    response.set('Cache-Control', 'no-store').json(answer.right)
  }

const read = async (
  { store, readResult, openResult, active }: Reading,
  id: SubmissionId,
  page: Page,
): Promise<Either<Fault, Presented | null>> => {
  const readOpen = async (submission: SubmissionId): Promise<Either<Fault, OpenResult | null>> => {
    const result = await readResult(submission)
    if (isLeft(result)) return result
    return result.right === null ? right(null) : openResult(result.right)()
  }
  const original = await readOpen(id)
  if (isLeft(original)) return original
  if (original.right === null) return right(null)
  const generation = active()
  if (generation === null) return left({ _tag: 'BeingBuilt' })
  const ids = await findReplays({ store, generation }, id, page)()
  if (isLeft(ids)) return ids
  const replays: Array<Presented> = []
  // One after another: each may bring megabytes of output, and is let go of before the next.
  for (const replayId of ids.right) {
    const replay = await readOpen(replayId)
    if (isLeft(replay)) return replay
    if (replay.right !== null) replays.push(presentReplay(original.right, replay.right))
  }
  const next = ids.right.length < page.limit ? null : (ids.right.at(-1) ?? null)
  return right({ original: presentOriginal(original.right), replays, next })
}
