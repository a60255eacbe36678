import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { wokenBy } from '@runledger/shared-kernel/wake-up/woken-by.fixture.ts'
import { afterAll } from 'vitest'
import { startMongo } from '../support/mongo-server.ts'
import { scratchDatabases } from './scratch-databases.ts'

type Place = Readonly<{ url: string; database: string; partitions?: number }>

/** A MongoDB for the tests of one file; the databases they make there go with the file. */
export const useMongo = async () => {
  const server = await startMongo()
  const databases = scratchDatabases(server.url)
  afterAll(async () => {
    await databases.drop()
    await server.remove()
  })
  const { url } = server
  return { url, next: databases.next, place: () => ({ url, database: databases.next() }) }
}

/** Log and read models in one database, and what is woken when the log grows. */
export const openParts = async (place: Place) => {
  const log = rightOf(await openMongoEventLog(place)())
  const store = rightOf(await openMongoReadModelStore(place)())
  const wakeUp = wokenBy(log)
  const close = async (): Promise<void> => {
    await Promise.all([log.close(), store.close(), wakeUp.close()])
  }
  return { log, store, wakeUp, close }
}
