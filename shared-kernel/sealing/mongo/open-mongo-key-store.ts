import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Collection, Db } from 'mongodb'
import { connectMongo, type MongoPlace } from '../../mongo/connect-mongo.ts'
import { findWhole } from '../../mongo/find-whole.ts'
import { gathered } from '../../mongo/gathered.ts'
import { groupedInserts } from '../../mongo/grouped-inserts.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import { type KeyStore, type KeyStoreFault, placeOf, type Reservation, type StoredKey } from '../key-store.ts'

/** `place` orders the keys by age. */
type KeyDocument = Omit<StoredKey, 'stream'> & Readonly<{ _id: string; place: string }>

type ReservationDocument = Omit<Reservation, 'id'> & Readonly<{ _id: string }>

type Proof = Readonly<{ _id: string; proof: string }>

const onlyId = 'master'

const documentOf = ({ stream, ...key }: StoredKey): KeyDocument => ({
  _id: stream,
  ...key,
  place: placeOf({ stream, ...key }),
})

const keyOf = ({ _id, tenant, createdAt, wrapped }: KeyDocument): StoredKey => ({
  stream: _id,
  tenant,
  createdAt,
  wrapped,
})

const asked =
  <A>(question: () => Promise<A>): TaskEither<KeyStoreFault, A> =>
  async () => {
    try {
      return E.right(await question())
    } catch (thrown) {
      if (mongoTrouble(thrown) === null || !(thrown instanceof Error)) throw thrown
      return E.left({ _tag: 'KeyStoreFault', message: `mongodb: ${thrown.message}` })
    }
  }

const unlessDuplicate = async (insert: () => Promise<unknown>): Promise<'inserted' | 'there'> => {
  try {
    await insert()
    return 'inserted'
  } catch (thrown) {
    if (mongoTrouble(thrown) !== 'duplicate') throw thrown
    return 'there'
  }
}

const proofsOn = (proofs: Collection<Proof>): Pick<KeyStore, 'check' | 'begin'> => {
  const read = async (): Promise<string | null> => (await proofs.findOne({ _id: onlyId }))?.proof ?? null
  return {
    check: () => asked(read),
    begin: proof =>
      asked(async () => {
        await unlessDuplicate(() => proofs.insertOne({ _id: onlyId, proof }))
        return (await read()) ?? proof
      }),
  }
}

const reservationsOn = (
  reservations: Collection<ReservationDocument>,
  keys: Collection<KeyDocument>,
): Pick<KeyStore, 'reserve' | 'unsettled' | 'settle'> => ({
  // The reservation first: of what a crash cut off no key is there that is not named.
  reserve: ({ id, until, streams }, made) =>
    asked(async () => {
      await reservations.insertOne({ _id: id, until, streams })
      await keys.insertMany(made.map(documentOf), { ordered: false })
    }),
  unsettled: (before, limit) =>
    asked(async () => {
      const found = reservations.find({ until: { $lt: before } }).sort({ until: 1 })
      return (await found.limit(limit).toArray()).map(({ _id, until, streams }) => ({ id: _id, until, streams }))
    }),
  settle: ids => asked(async () => void (await reservations.deleteMany({ _id: { $in: [...ids] } }))),
})

const storeOn = (db: Db): Omit<KeyStore, 'close'> => {
  const keys = db.collection<KeyDocument>('keys')
  const insert = groupedInserts<KeyDocument>(db, keys.collectionName)
  const find = gathered<StoredKey>(async streams => {
    const filter = { _id: { $in: [...streams] } }
    const found = await findWhole(db, { find: keys.collectionName, filter })
    return new Map(found.map(document => [document._id, keyOf(document as KeyDocument)]))
  })

  const add = async (key: StoredKey): Promise<StoredKey> => {
    const answer = await unlessDuplicate(() => insert(documentOf(key)))
    return answer === 'inserted' ? key : ((await find(key.stream)) ?? key)
  }

  return {
    add: key => asked(() => add(key)),
    find: stream => asked(() => find(stream)),
    remove: streams => asked(async () => (await keys.deleteMany({ _id: { $in: [...streams] } })).deletedCount),
    olderThan: (before, after, limit) =>
      asked(async () => {
        const place = { $gt: after === null ? '' : placeOf(after), $lt: before }
        return (await keys.find({ place }).sort({ place: 1 }).limit(limit).toArray()).map(keyOf)
      }),
    inOrder: (afterStream, limit) =>
      asked(async () => {
        const found = keys.find({ _id: { $gt: afterStream } }).sort({ _id: 1 })
        return (await found.limit(limit).toArray()).map(keyOf)
      }),
    ...reservationsOn(db.collection<ReservationDocument>('reservations'), keys),
    ...proofsOn(db.collection<Proof>('master')),
  }
}

/** Of a log's database: the keys are backed up, and deleted, apart from it. */
export const keysDatabase = (logDatabase: string): string => `${logDatabase}-keys`

/** The keys in a database of their own on the log's server, which need not answer yet. Left: the URL is none. */
export const openMongoKeyStore = (place: MongoPlace): TaskEither<KeyStoreFault, KeyStore> => {
  const connection = connectMongo(place)
  if (typeof connection === 'string') return async () => E.left({ _tag: 'KeyStoreFault', message: connection })
  const { client, db } = connection
  const own = client.db(keysDatabase(db.databaseName))
  return async () => {
    const prepared = await asked(() => own.collection('keys').createIndex({ place: 1 }, { name: 'keys_by_age' }))()
    if (E.isRight(prepared)) return E.right({ ...storeOn(own), close: () => client.close() })
    await client.close()
    return prepared
  }
}
