import { randomUUID } from 'node:crypto'
import { keyStoreContract } from '@runledger/shared-kernel/sealing/key-store.contract.ts'
import { openMongoKeyStore } from '@runledger/shared-kernel/sealing/mongo/open-mongo-key-store.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll } from 'vitest'
import { type MongoServer, startMongo } from '../support/mongo-server.ts'

let mongo: MongoServer
beforeAll(async () => {
  mongo = await startMongo()
})
afterAll(() => mongo.remove())

keyStoreContract('in MongoDB', async () => {
  const store = await openMongoKeyStore({ url: mongo.url, database: `runledger-test-${randomUUID()}` })()
  if (isLeft(store)) throw new Error(store.left.message)
  return store.right
})
