import { acrossStreamsContract } from '@runledger/query-service/projector/across-streams.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { afterAll } from 'vitest'
import { startMongo } from '../support/mongo-server.ts'
import { scratchDatabases } from './scratch-databases.ts'

const server = await startMongo()
const databases = scratchDatabases(server.url)
afterAll(async () => {
  await databases.drop()
  await server.remove()
})

acrossStreamsContract(
  async () => rightOf(await openMongoReadModelStore({ url: server.url, database: databases.next() })()),
  { numRuns: 6 },
)
