import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoLogStorage } from '@runledger/shared-kernel/event-log/mongo/open-mongo-log-storage.ts'
import { anchorsContract } from '@runledger/shared-kernel/log-tools/contract/anchors.contract.ts'
import type { ExposedLog } from '@runledger/shared-kernel/log-tools/contract/exposed-log.ts'
import { tamperingContract } from '@runledger/shared-kernel/log-tools/contract/tampering.contract.ts'
import { transferContract } from '@runledger/shared-kernel/log-tools/contract/transfer.contract.ts'
import { mongoImportTarget } from '@runledger/shared-kernel/log-tools/transfer/mongo-import-target.ts'
import { MongoClient } from 'mongodb'
import { afterAll } from 'vitest'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()
const client = new MongoClient(mongo.url)
afterAll(() => client.close())

const expose = async (partitions: number): Promise<ExposedLog> => {
  const place = mongo.place()
  const log = rightOf(await openMongoEventLog({ ...place, partitions })())
  const storage = rightOf(await openMongoLogStorage(place)())
  const stored = client.db(place.database).collection<StoredCommit>('commits')
  const store = async (commits: ReadonlyArray<StoredCommit>) => {
    await stored.deleteMany({})
    await stored.insertMany([...commits])
  }
  return { log, storage, store }
}

tamperingContract('a MongoDB log', expose, 60)
anchorsContract('a MongoDB log', expose)
transferContract('a MongoDB database', () => {
  const place = mongo.place()
  const db = client.db(place.database)
  return {
    target: mongoImportTarget(place),
    openLog: async () => rightOf(await openMongoEventLog(place)()),
    openStorage: async () => rightOf(await openMongoLogStorage(place)()),
    isEmpty: async () =>
      (await db.collection('commits').countDocuments({})) === 0 &&
      (await db.collection<{ _id: string }>('genesis').countDocuments({ _id: { $in: ['genesis', 'import'] } })) === 0,
  }
})
