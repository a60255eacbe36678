import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { KeyStoreFault } from '@runledger/shared-kernel/sealing/key-store.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Projection, rowCollection } from '../projector/projection.ts'

export type DestroyNeeds = Readonly<{
  store: Pick<ReadModelStore, 'find'>
  keyring: Pick<Keyring, 'destroy'>
  /** The generation of the history that is read; null where this code cannot read it. */
  active: () => Projection | null
}>

const streamsPerPage = 500

type Fault = ReadModelStoreFault | KeyStoreFault

/** Streams that were erased, behind one of them. */
const erasedAfter = (store: DestroyNeeds['store'], generation: Projection, after: string | null) =>
  pipe(
    store.find({
      collection: rowCollection(generation, 'erased'),
      ...{ where: {}, order: 'ascending', after, limit: streamsPerPage },
    }),
    TE.map(rows => rows.map(({ id }) => id)),
  )

/**
 * Deletes the data keys of everything that was ever erased, once more: those that a backup of the keys brought back, and
 * those whose deletion was cut off. Answers how many there were.
 */
export const destroyErasedKeys = ({ store, keyring, active }: DestroyNeeds): TE.TaskEither<Fault, number> => {
  const destroyAfter = (generation: Projection, after: string | null, count: number): TE.TaskEither<Fault, number> =>
    pipe(
      erasedAfter(store, generation, after),
      TE.flatMap((streams): TE.TaskEither<Fault, number> => {
        const last = streams.at(-1)
        if (last === undefined) return TE.right(count)
        return pipe(
          keyring.destroy(streams),
          TE.flatMap(destroyed => destroyAfter(generation, last, count + destroyed)),
        )
      }),
    )

  return async () => {
    const generation = active()
    return generation === null ? E.right(0) : destroyAfter(generation, null, 0)()
  }
}
