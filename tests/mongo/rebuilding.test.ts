import { generateLog } from '@runledger/query-service/read-models/result/generate-log.fixture.ts'
import { rebuildingContract } from '@runledger/query-service/rebuild/rebuilding.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import { afterAll, describe, it } from 'vitest'
import { rebuildKilledAgainAndAgain } from '../support/killed-rebuild.ts'
import { startMongo } from '../support/mongo-server.ts'
import { scratchDatabases } from './scratch-databases.ts'

const server = await startMongo()
const databases = scratchDatabases(server.url)
afterAll(async () => {
  await databases.drop()
  await server.remove()
})

const open = async () => {
  const place = { url: server.url, database: databases.next() }
  const log = rightOf(await openMongoEventLog({ ...place, partitions: 4 })())
  const store = rightOf(await openMongoReadModelStore(place)())
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  log.onAppended(wakeUp.announce)
  const close = async (): Promise<void> => {
    await Promise.all([log.close(), store.close(), wakeUp.close()])
  }
  return { log, store, wakeUp, close }
}

describe('on MongoDB', () => rebuildingContract(open))

describe('a log in MongoDB', () => {
  it('a rebuild that is killed again and again goes on from where it was, and comes out right', async () => {
    const name = databases.next()
    const url = new URL(server.url)
    url.pathname = `/${name}`
    const log = rightOf(await openMongoEventLog({ url: url.href, partitions: 4 })())
    await generateLog(log, { commits: 300, together: 8 })
    await log.close()
    await rebuildKilledAgainAndAgain({ MONGO_URL: url.href })
  })
})
