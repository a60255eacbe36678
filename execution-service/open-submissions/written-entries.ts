import type {
  Document,
  ReadModelStore,
  ReadModelStoreFault,
  Write,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { createRecent } from '@runledger/shared-kernel/types/recent.ts'
import * as TE from 'fp-ts/lib/TaskEither.js'

// Most of what is open was received, started or abandoned a moment ago.
const remembered = 1024

/** The entries of a collection, each a fold of its stream's first events: those written last are not read again. */
export const writtenEntries = (store: Pick<ReadModelStore, 'get'>, collection: string) => {
  const entries = createRecent<Document>(remembered)

  const noteOne = (write: Write): void => {
    if (write.kind === 'delete') entries.delete(write.id)
    else entries.set(write.document.id, write.document)
  }

  return {
    /** These writes have been applied. */
    note: (writes: ReadonlyArray<Write>): void => writes.forEach(noteOne),
    /** The entry as it was before the event of this version, or a later one. */
    before: (id: string, version: number): TE.TaskEither<ReadModelStoreFault, Document | null> => {
      if (version === 1) return TE.right(null)
      const last = entries.get(id)
      return last?.version === version - 1 ? TE.right(last) : store.get(collection, id)
    },
  }
}
