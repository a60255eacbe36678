import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { sealedEventLogContract } from '@runledger/shared-kernel/sealing/sealed-event-log.contract.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll } from 'vitest'
import { type MongoServer, startMongo } from '../support/mongo-server.ts'
import { scratchDatabases } from './scratch-databases.ts'

let mongo: MongoServer
let databases: ReturnType<typeof scratchDatabases>
beforeAll(async () => {
  mongo = await startMongo()
  databases = scratchDatabases(mongo.url)
})
afterAll(async () => {
  await databases.drop()
  await mongo.remove()
})

sealedEventLogContract('in MongoDB', async () => {
  const log = await openMongoEventLog({ url: mongo.url, database: databases.next() })()
  if (isLeft(log)) throw new Error(log.left.message)
  return log.right
})
