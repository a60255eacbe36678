import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { tombstonesContract } from '@runledger/shared-kernel/event-log/contract/tombstones.contract.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoLogStorage } from '@runledger/shared-kernel/event-log/mongo/open-mongo-log-storage.ts'
import { MongoClient } from 'mongodb'
import { afterAll } from 'vitest'
import { startMongo } from '../support/mongo-server.ts'
import { scratchDatabases } from './scratch-databases.ts'

const server = await startMongo()
const databases = scratchDatabases(server.url)
const client = new MongoClient(server.url)
afterAll(async () => {
  await databases.drop()
  await client.close()
  await server.remove()
})

tombstonesContract('the MongoDB log', async () => {
  const place = { url: server.url, database: databases.next() }
  const log = rightOf(await openMongoEventLog({ ...place, partitions: 1 })())
  const storage = rightOf(await openMongoLogStorage(place)())
  const commits = client.db(place.database).collection('commits')
  return { log, storage, remove: async ({ p, n }) => void (await commits.deleteOne({ p, n })) }
})
