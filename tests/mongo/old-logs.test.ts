import { join } from 'node:path'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { usageProjection } from '@runledger/query-service/read-models/usage/usage-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoLogStorage } from '@runledger/shared-kernel/event-log/mongo/open-mongo-log-storage.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import { afterAll, describe, expect } from 'vitest'
import { type OpenedLog, oldLogContract } from '../old-logs/old-log.contract.ts'
import { type OldLog, oldLogs } from '../old-logs/old-logs.ts'
import { unpack } from '../old-logs/unpack.ts'
import { runLogTool } from '../support/log-tool.ts'
import { startMongo } from '../support/mongo-server.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { scratchDatabases } from './scratch-databases.ts'

const server = await startMongo()
const databases = scratchDatabases(server.url)
const folder = tempFolder()
afterAll(async () => {
  await databases.drop()
  await server.remove()
  folder.remove()
})

const run = async (env: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>): Promise<void> =>
  expect(await runLogTool(env, ...args, '--quiet')).toMatchObject({ status: 0 })

/** As that release exported it, where it could; else exported from its file by today's code. */
const exportOf = async ({ release, wasExported }: OldLog): Promise<string> => {
  const dataDir = join(folder.path, release)
  const exported = join(dataDir, 'log.ndjson')
  if (wasExported) return unpack(`${release}.ndjson`, dataDir, 'log.ndjson')
  unpack(`${release}.sqlite`, dataDir, 'runledger.sqlite')
  await run({ DATA_DIR: dataDir }, 'export', exported)
  return exported
}

const openImported = async (file: string): Promise<OpenedLog> => {
  const place = { url: server.url, database: databases.next() }
  const url = new URL(server.url)
  url.pathname = `/${place.database}`
  await run({ MONGO_URL: url.href, DATA_DIR: folder.path }, 'import', file)
  const log = rightOf(await openMongoEventLog(place)())
  const storage = rightOf(await openMongoLogStorage(place)())
  const store = rightOf(await openMongoReadModelStore(place)())
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  log.onAppended(wakeUp.announce)
  const close = async (): Promise<void> => {
    await Promise.all([log.close(), storage.close(), store.close(), wakeUp.close()])
  }
  return { log, storage, store, wakeUp, close }
}

describe.each(oldLogs)('a log that release $release left, imported into MongoDB', old => {
  // The stand-in is slow: one read model by stream and one over many streams are enough.
  const rebuilt = [old.wasExported ? usageProjection : resultProjection]
  oldLogContract(old, async () => openImported(await exportOf(old)), rebuilt)
})
