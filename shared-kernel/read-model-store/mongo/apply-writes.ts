import type { Write } from '../read-model-store.ts'
import type { ReadModelCollections } from './collections.ts'
import { storedFields } from './stored-document.ts'
import { writeRounds } from './write-rounds.ts'
import { type Statement, writeUnordered } from './write-unordered.ts'

const commandOf = { insert: 'insert', put: 'update', delete: 'delete' } as const

const statementOf = (write: Write, members: ReadonlyArray<string>): Statement => {
  if (write.kind === 'delete')
    return { statement: { q: { _id: write.id, version: { $gte: write.expected } }, limit: 1 }, text: 0 }
  const fields = storedFields(write.document, members)
  const _id = write.document.id
  const text = fields.body.length
  if (write.kind === 'insert') return { statement: { _id, ...fields }, text }
  const upsert = write.expected === 0
  const version = upsert ? { $lt: fields.version } : { $gte: write.expected, $lt: fields.version }
  return { statement: { q: { _id, version }, u: { $set: fields }, upsert }, text }
}

const withoutUpsert = (statements: ReadonlyArray<Statement>, indexes: ReadonlyArray<number>) =>
  indexes.flatMap(index => {
    const met = statements[index]
    return met === undefined ? [] : [{ ...met, statement: { ...met.statement, upsert: false } }]
  })

const applyToCollection = async (
  { db, collection, members }: ReadModelCollections,
  name: string,
  writes: ReadonlyArray<Write>,
): Promise<void> => {
  const indexed = await members(name)
  const { collectionName } = collection(name)
  for (const [kind, each] of Map.groupBy(writes, write => write.kind)) {
    const to = { command: commandOf[kind], collection: collectionName }
    const statements = each.map(write => statementOf(write, indexed))
    const met = await writeUnordered(db, { ...to, statements })
    // An upsert is refused where the document is there: as new as ours, or made by another just now.
    if (kind === 'put') await writeUnordered(db, { ...to, statements: withoutUpsert(statements, met) })
  }
}

export const applyWrites = async (collections: ReadModelCollections, writes: ReadonlyArray<Write>): Promise<void> => {
  for (const round of writeRounds(writes)) {
    const byCollection = Map.groupBy(round, ({ collection }) => collection)
    await Promise.all([...byCollection].map(([name, each]) => applyToCollection(collections, name, each)))
  }
}
