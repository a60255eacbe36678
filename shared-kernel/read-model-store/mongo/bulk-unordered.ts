import {
  type AnyBulkWriteOperation,
  type Collection,
  type Document,
  MongoBulkWriteError,
  type WriteError,
} from 'mongodb'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'

const duplicateKey = 11000

const refusals = (thrown: unknown): ReadonlyArray<WriteError> =>
  thrown instanceof MongoBulkWriteError ? [thrown.writeErrors].flat() : []

/** Does all the writes it can and answers the indexes of those that met an id that was there. */
export const bulkUnordered = async <A extends Document>(
  collection: Collection<A>,
  writes: ReadonlyArray<AnyBulkWriteOperation<A>>,
): Promise<ReadonlyArray<number>> => {
  try {
    if (writes.length > 0) await collection.bulkWrite([...writes], { ordered: false })
    return []
  } catch (thrown) {
    const refused = refusals(thrown)
    const isAllDuplicates = refused.length > 0 && refused.every(({ code }) => code === duplicateKey)
    if (!isAllDuplicates || mongoTrouble(thrown) !== 'duplicate') throw thrown
    return refused.map(({ index }) => index)
  }
}
