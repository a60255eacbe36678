import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isLeft, isRight, map } from 'fp-ts/lib/Either.js'
import { documentCollection, type Projection } from '../../projector/projection.ts'
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

/** The result from the read model; where that does not know the id, or cannot be asked, from the stream. */
export const readResult =
  ({ store, log, active }: Sources): ReadResult =>
  async submissionId => {
    const generation = active()
    if (generation === null) return readResultFromStream(log)(submissionId)
    const found = await findResult(store, submissionId, generation)
    return isRight(found) && found.right !== null ? found : readResultFromStream(log)(submissionId)
  }

/** True where the read model knows the submission, or cannot say. */
export const isResultKnown =
  ({ store, active }: Omit<Sources, 'log'>) =>
  async (submissionId: SubmissionId): Promise<boolean> => {
    const generation = active()
    if (generation === null) return true
    const document = await store.get(documentCollection(generation), submissionId)()
    return isLeft(document) || document.right !== null
  }
