import { join } from 'node:path'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { usageProjection } from '@runledger/query-service/read-models/usage/usage-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoLogStorage } from '@runledger/shared-kernel/event-log/mongo/open-mongo-log-storage.ts'
import { openSqliteLogStorage } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-storage.ts'
import { exportLog } from '@runledger/shared-kernel/log-tools/transfer/export-log.ts'
import { importLog } from '@runledger/shared-kernel/log-tools/transfer/import-log.ts'
import { mongoImportTarget } from '@runledger/shared-kernel/log-tools/transfer/mongo-import-target.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import { afterAll, describe } from 'vitest'
import { type OpenedLog, oldLogContract } from '../old-logs/old-log.contract.ts'
import { type OldLog, oldLogs } from '../old-logs/old-logs.ts'
import { unpack } from '../old-logs/unpack.ts'
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

const nothing = () => undefined

/** As that release exported it, where it could; else exported from its file by today's code. */
const exportOf = async ({ release, wasExported }: OldLog): Promise<string> => {
  const place = join(folder.path, release)
  if (wasExported) return unpack(`${release}.ndjson`, place, 'log.ndjson')
  const file = unpack(`${release}.sqlite`, place, 'runledger.sqlite')
  const storage = rightOf(await openSqliteLogStorage({ file, readOnly: true })())
  const exported = join(place, 'log.ndjson')
  rightOf(await exportLog(storage, exported, nothing)())
  await storage.close()
  return exported
}

const openImported = async (file: string): Promise<OpenedLog> => {
  const place = { url: server.url, database: databases.next() }
  rightOf(await importLog(file, mongoImportTarget(place), () => nothing)())
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
  // The stand-in scans: one read model by stream and one over many streams are enough.
  const rebuilt = old.wasExported ? [resultProjection] : [resultProjection, usageProjection]
  oldLogContract(old, async () => openImported(await exportOf(old)), rebuilt)
})
