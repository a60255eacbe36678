import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Db } from 'mongodb'
import { connectMongo, type MongoPlace } from '../../mongo/connect-mongo.ts'
import { findWhole } from '../../mongo/find-whole.ts'
import { gathered } from '../../mongo/gathered.ts'
import { majorityWhereReplicated } from '../../mongo/majority-where-replicated.ts'
import type { ReadModelStore, ReadModelStoreFault } from '../read-model-store.ts'
import { applyWrites } from './apply-writes.ts'
import { checkpointCollection } from './checkpoints.ts'
import { readModelCollections } from './collections.ts'
import { gatheredFinds } from './gathered-finds.ts'
import { mongoLeases } from './mongo-leases.ts'
import { mongoRecords } from './mongo-records.ts'
import { readModelStoreFault } from './read-model-store-fault.ts'
import { documentOf, type StoredDocument } from './stored-document.ts'

const unreachable = (message: string): ReadModelStoreFault => ({
  _tag: 'ReadModelStoreFault',
  kind: 'unreachable',
  message,
})

const storeOn = (db: Db, disconnect: () => Promise<void>): ReadModelStore => {
  const collections = readModelCollections(db)
  const checkpoints = checkpointCollection(db)
  const find = gatheredFinds(collections)
  const getters = new Map<string, (id: string) => Promise<StoredDocument | null>>()
  let isOpen = true

  const getAll = (collection: string) => async (ids: ReadonlyArray<string>) => {
    const { collectionName } = collections.collection(collection)
    const found = await findWhole(db, { find: collectionName, filter: { _id: { $in: [...ids] } } })
    return new Map(found.map(each => [each._id, each as StoredDocument]))
  }

  // Whoever folds or waits for a batch asks for its documents in one turn.
  const getterOf = (collection: string) => {
    const getter = getters.get(collection) ?? gathered(getAll(collection))
    getters.set(collection, getter)
    return getter
  }

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
        const found = await getterOf(collection)(id)
        return found === null ? null : documentOf(found)
      }),
    find: query => attempt(async () => (await find(query)).map(documentOf)),
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
