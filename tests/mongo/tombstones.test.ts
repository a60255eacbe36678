import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { tombstonesContract } from '@runledger/shared-kernel/event-log/contract/tombstones.contract.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoLogStorage } from '@runledger/shared-kernel/event-log/mongo/open-mongo-log-storage.ts'
import { MongoClient } from 'mongodb'
import { afterAll } from 'vitest'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()
const client = new MongoClient(mongo.url)
afterAll(() => client.close())

tombstonesContract('the MongoDB log', async () => {
  const place = mongo.place()
  const log = rightOf(await openMongoEventLog({ ...place, partitions: 1 })())
  const storage = rightOf(await openMongoLogStorage(place)())
  const commits = client.db(place.database).collection('commits')
  return { log, storage, remove: async ({ p, n }) => void (await commits.deleteOne({ p, n })) }
})
