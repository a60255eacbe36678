import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { documentCollection, type Projection } from '../../projector/projection.ts'

export type Page = Readonly<{ before: SubmissionId | null; limit: number }>

/** Ids of the replays of a submission, descending: the latest first, but for those of an Idempotency-Key. */
export const findReplays = (
  { store, generation }: Readonly<{ store: Pick<ReadModelStore, 'find'>; generation: Projection }>,
  original: SubmissionId,
  { before, limit }: Page,
): TE.TaskEither<ReadModelStoreFault, ReadonlyArray<SubmissionId>> =>
  pipe(
    store.find({
      collection: documentCollection(generation),
      where: { original },
      order: 'descending',
      after: before,
      limit,
    }),
    TE.map(documents => documents.map(({ id }) => id as SubmissionId)),
  )
