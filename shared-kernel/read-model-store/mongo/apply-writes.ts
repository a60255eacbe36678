import type { AnyBulkWriteOperation } from 'mongodb'
import type { Write } from '../read-model-store.ts'
import { bulkUnordered } from './bulk-unordered.ts'
import type { ReadModelCollections } from './collections.ts'
import { type StoredDocument, storedFields } from './stored-document.ts'
import { writeRounds } from './write-rounds.ts'

type Operation = AnyBulkWriteOperation<StoredDocument>

const operationOf = (write: Write, members: ReadonlyArray<string>): Operation => {
  if (write.kind === 'delete') return { deleteOne: { filter: { _id: write.id, version: { $gte: write.expected } } } }
  const fields = storedFields(write.document, members)
  const _id = write.document.id
  if (write.kind === 'insert') return { insertOne: { document: { _id, ...fields } } }
  const upsert = write.expected === 0
  const version = upsert ? { $lt: fields.version } : { $gte: write.expected, $lt: fields.version }
  return { updateOne: { filter: { _id, version }, update: { $set: fields }, upsert } }
}

// An upsert is refused where the document is there: as new as ours, or made by another just now.
const withoutUpsert = (operation: Operation | undefined): ReadonlyArray<Operation> =>
  operation !== undefined && 'updateOne' in operation ? [{ updateOne: { ...operation.updateOne, upsert: false } }] : []

const applyToCollection = async (collections: ReadModelCollections, name: string, writes: ReadonlyArray<Write>) => {
  const members = await collections.members(name)
  const operations = writes.map(write => operationOf(write, members))
  const collection = collections.collection(name)
  const met = await bulkUnordered(collection, operations)
  await bulkUnordered(
    collection,
    met.flatMap(index => withoutUpsert(operations[index])),
  )
}

export const applyWrites = async (collections: ReadModelCollections, writes: ReadonlyArray<Write>): Promise<void> => {
  for (const round of writeRounds(writes)) {
    const byCollection = Map.groupBy(round, ({ collection }) => collection)
    await Promise.all([...byCollection].map(([name, each]) => applyToCollection(collections, name, each)))
  }
}
