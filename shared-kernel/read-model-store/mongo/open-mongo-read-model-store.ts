import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Db } from 'mongodb'
import { connectMongo, type MongoPlace } from '../../mongo/connect-mongo.ts'
import { majorityWhereReplicated } from '../../mongo/majority-where-replicated.ts'
import type { ReadModelStore, ReadModelStoreFault } from '../read-model-store.ts'
import { applyWrites } from './apply-writes.ts'
import { checkpointCollection } from './checkpoints.ts'
import { readModelCollections } from './collections.ts'
import { mongoLeases } from './mongo-leases.ts'
import { mongoRecords } from './mongo-records.ts'
import { readModelStoreFault } from './read-model-store-fault.ts'
import { documentOf, filterOf, sortOf } from './stored-document.ts'

const unreachable = (message: string): ReadModelStoreFault => ({
  _tag: 'ReadModelStoreFault',
  kind: 'unreachable',
  message,
})

const storeOn = (db: Db, disconnect: () => Promise<void>): ReadModelStore => {
  const collections = readModelCollections(db)
  const checkpoints = checkpointCollection(db)
  let isOpen = true

  const attempt =
    <A>(work: () => Promise<A>): TaskEither<ReadModelStoreFault, A> =>
    async () => {
      if (!isOpen) return E.left(unreachable('the read-model store is closed'))
      try {
        return E.right(await work())
      } catch (thrown) {
        return E.left(readModelStoreFault(thrown))
      }
    }

  return {
    ensure: collection => attempt(() => collections.ensure(collection)),
    get: (collection, id) =>
      attempt(async () => {
        const found = await collections.collection(collection).findOne({ _id: id })
        return found === null ? null : documentOf(found)
      }),
    find: query =>
      attempt(async () => {
        const matching = collections.collection(query.collection).find(filterOf(query))
        const found = matching.sort(sortOf(query)).limit(query.limit)
        return (await found.toArray()).map(documentOf)
      }),
    checkpoints: projection => attempt(() => checkpoints.read(projection)),
    apply: (writes, positions) =>
      attempt(async () => {
        await applyWrites(collections, writes)
        return checkpoints.advance(positions)
      }),
    drop: collection => attempt(() => collections.drop(collection)),
    leases: mongoLeases(db, attempt),
    records: mongoRecords(db, attempt),
    close: async () => {
      isOpen = false
      await disconnect()
    },
  }
}

/** Read models in a MongoDB database (the one the URL names, else `runledger`), beside an event log if there is one. */
export const openMongoReadModelStore =
  (place: MongoPlace): TaskEither<ReadModelStoreFault, ReadModelStore> =>
  async () => {
    const connection = connectMongo(place)
    if (typeof connection === 'string') return E.left(unreachable(`MONGO_URL was not used: ${connection}`))
    const { client, db, hosts } = connection
    try {
      return E.right(storeOn(await majorityWhereReplicated(db), () => client.close()))
    } catch (thrown) {
      await client.close()
      const { message } = readModelStoreFault(thrown)
      return E.left(unreachable(`the read models at ${hosts} were not opened: ${message}`))
    }
  }
