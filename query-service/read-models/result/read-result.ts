import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isRight, map, right } from 'fp-ts/lib/Either.js'
import type { Projection } from '../../projector/projection.ts'
import { findResult } from './find-result.ts'
import { foldResult } from './fold-result.ts'
import type { Result } from './result.ts'

export type ReadResult = (submissionId: SubmissionId) => Promise<Either<EventLogFault, Result | null>>

/** The result as the submission's own stream tells it now, whatever the read model knows. */
export const readResultFromStream =
  (log: EventLog): ReadResult =>
  async submissionId =>
    map(foldResult)(await log.readStream(submissionStream(submissionId), 1)())

type Sources = Readonly<{
  store: ReadModelStore
  log: EventLog
  /** The generation that is read; null where this code cannot read it. */
  active: () => Projection | null
}>

/** `arrival`: where the read model does not know the submission, it is asked once more after this, unless this tells. */
export type ReadArriving = (submissionId: SubmissionId, arrival?: Promise<Result | null>) => ReturnType<ReadResult>

/** The result from the read model; where that does not know the id, or cannot be asked, from the stream. */
export const readResult = ({ store, log, active }: Sources): ReadArriving => {
  const fromStream = readResultFromStream(log)
  return async (submissionId, arrival) => {
    const generation = active()
    if (generation === null) return fromStream(submissionId)
    const find = () => findResult(store, submissionId, generation)
    const first = await find()
    const isToCome = isRight(first) && first.right === null && arrival !== undefined
    const found = isToCome ? await arrival.then(told => (told === null ? find() : right(told))) : first
    return isRight(found) && found.right !== null ? found : fromStream(submissionId)
  }
}
