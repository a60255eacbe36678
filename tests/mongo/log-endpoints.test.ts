import { commitsContract } from '@runledger/query-service/http/get-commits.contract.ts'
import { streamContract } from '@runledger/query-service/http/get-stream.contract.ts'
import { type Served, serveOn } from '@runledger/query-service/query-service.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import { afterAll } from 'vitest'
import { startMongo } from '../support/mongo-server.ts'
import { scratchDatabases } from './scratch-databases.ts'

const server = await startMongo()
const databases = scratchDatabases(server.url)
afterAll(async () => {
  await databases.drop()
  await server.remove()
})

const use = async <A>(test: (served: Served) => Promise<A>): Promise<A> => {
  const place = { url: server.url, database: databases.next() }
  const log = rightOf(await openMongoEventLog({ ...place, partitions: 8 })())
  const store = rightOf(await openMongoReadModelStore(place)())
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  log.onAppended(wakeUp.announce)
  const served = await serveOn({ log, store, wakeUp })
  try {
    return await test(served)
  } finally {
    await served.close()
    await Promise.all([log.close(), store.close(), wakeUp.close()])
  }
}

commitsContract('MongoDB', use)
streamContract('MongoDB', use)
