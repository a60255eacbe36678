import { keyStoreContract } from '@runledger/shared-kernel/sealing/key-store.contract.ts'
import { openMongoKeyStore } from '@runledger/shared-kernel/sealing/mongo/open-mongo-key-store.ts'
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

keyStoreContract('in MongoDB', async () => {
  const store = await openMongoKeyStore({ url: mongo.url, database: databases.next() })()
  if (isLeft(store)) throw new Error(store.left.message)
  return store.right
})
