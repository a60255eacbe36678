import * as t from 'io-ts'
import type { Collection, Db } from 'mongodb'
import type { CollectionSpec } from '../read-model-store.ts'
import { checkedName } from './checked-name.ts'
import type { StoredDocument } from './stored-document.ts'
import { upserted } from './upserted.ts'

type Entry = Readonly<{ _id: string; members: ReadonlyArray<string> }>

const entry = t.strict({ members: t.readonlyArray(t.string) }, 'CollectionEntry')

const indexKey = (members: ReadonlyArray<string>) =>
  Object.fromEntries([...members.map(member => [`members.${checkedName(member)}`, 1]), ['_id', 1]])

/**
 * The collections of read models and, on record beside them, which members their indexes name: the database itself would
 * make any collection on its first write.
 */
export const readModelCollections = (db: Db) => {
  const record = db.collection<Entry>('read_models')
  const known = new Map<string, ReadonlyArray<string>>()
  const collection = (name: string): Collection<StoredDocument> =>
    db.collection<StoredDocument>(`read_model_${checkedName(name)}`)

  const recordedMembers = async (name: string): Promise<ReadonlyArray<string>> => {
    const found = await record.findOne({ _id: name })
    if (!entry.is(found)) throw new Error(`no collection ${name}`)
    known.set(name, found.members)
    return found.members
  }

  return {
    db,
    collection,
    /** Members that the indexes name. Throws where the collection was never made. */
    members: async (name: string): Promise<ReadonlyArray<string>> => known.get(name) ?? recordedMembers(name),
    ensure: async ({ name, indexes }: CollectionSpec): Promise<void> => {
      for (const members of indexes) {
        await collection(name).createIndex(indexKey(members), { name: `by_${members.join('_and_')}` })
      }
      const members = [...new Set(indexes.flat())]
      await upserted(() =>
        record.updateOne({ _id: name }, { $addToSet: { members: { $each: members } } }, { upsert: true }),
      )
      await recordedMembers(name)
    },
    drop: async (name: string): Promise<void> => {
      known.delete(name)
      await record.deleteOne({ _id: name })
      await collection(name).drop()
    },
  }
}

export type ReadModelCollections = ReturnType<typeof readModelCollections>
