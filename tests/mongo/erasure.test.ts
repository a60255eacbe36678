import { erasureContract } from '@runledger/query-service/erasures/erasure.contract.ts'
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

erasureContract('MongoDB', async () => {
  const place = { url: server.url, database: databases.next() }
  const log = rightOf(await openMongoEventLog(place)())
  const store = rightOf(await openMongoReadModelStore(place)())
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  log.onAppended(wakeUp.announce)
  const close = async (): Promise<void> => {
    await Promise.all([log.close(), store.close(), wakeUp.close()])
  }
  return { log, store, wakeUp, close }
})
