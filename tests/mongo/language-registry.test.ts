import { randomUUID } from 'node:crypto'
import { languageRegistryContract } from '@runledger/shared-kernel/languages/language-registry.contract.ts'
import { openMongoLanguageRegistry } from '@runledger/shared-kernel/languages/mongo/open-mongo-language-registry.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll } from 'vitest'
import { type MongoServer, startMongo } from '../support/mongo-server.ts'

let mongo: MongoServer
beforeAll(async () => {
  mongo = await startMongo()
})
afterAll(() => mongo.remove())

languageRegistryContract('in MongoDB', async () => {
  const registry = openMongoLanguageRegistry({ url: mongo.url, database: `languages-${randomUUID()}` })
  if (isLeft(registry)) throw new Error(registry.left.message)
  return registry.right
})
