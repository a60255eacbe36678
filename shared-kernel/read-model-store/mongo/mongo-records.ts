import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { Db } from 'mongodb'
import { gathered } from '../../mongo/gathered.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { JsonObject, ReadModelStoreFault } from '../read-model-store.ts'
import type { RecordStore, StoredRecord } from '../record-store.ts'

type Attempt = <A>(work: () => Promise<A>) => TaskEither<ReadModelStoreFault, A>
type Stored = Readonly<{ _id: string; revision: number; body: string }>

const stored = t.strict({ revision: t.number, body: t.string }, 'Record')

const recordOf = (document: unknown): StoredRecord | null => {
  if (document === null) return null
  if (!stored.is(document)) throw new Error('a record has another shape')
  return { revision: document.revision, body: JSON.parse(document.body) as JsonObject }
}

export const mongoRecords = (db: Db, attempt: Attempt): RecordStore => {
  const records = db.collection<Stored>('projection_records')

  // Those of all projections are looked at together, once a second.
  const read = gathered(async names => {
    const found = await records.find({ _id: { $in: [...names] } }).toArray()
    return new Map(found.map(each => [each._id, each]))
  })

  const first = async (_id: string, body: string): Promise<boolean> => {
    try {
      await records.insertOne({ _id, revision: 1, body })
      return true
    } catch (thrown) {
      if (mongoTrouble(thrown) !== 'duplicate') throw thrown
      return false
    }
  }

  const change = async (_id: string, revision: number, body: string): Promise<boolean> => {
    const update = { $set: { body }, $inc: { revision: 1 } }
    return (await records.updateOne({ _id, revision }, update)).matchedCount === 1
  }

  return {
    read: name => attempt(async () => recordOf(await read(name))),
    write: (name, { revision, body }) =>
      attempt(() => {
        const text = JSON.stringify(body)
        return revision === 0 ? first(name, text) : change(name, revision, text)
      }),
  }
}
