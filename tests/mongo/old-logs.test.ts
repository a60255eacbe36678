import { join } from 'node:path'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { usageProjection } from '@runledger/query-service/read-models/usage/usage-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoLogStorage } from '@runledger/shared-kernel/event-log/mongo/open-mongo-log-storage.ts'
import { afterAll, describe, expect } from 'vitest'
import { type OpenedLog, oldLogContract } from '../old-logs/old-log.contract.ts'
import { type OldLog, oldLogs } from '../old-logs/old-logs.ts'
import { unpack } from '../old-logs/unpack.ts'
import { runLogTool } from '../support/log-tool.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { openParts, useMongo } from './use-mongo.ts'

const mongo = await useMongo()
const folder = tempFolder()
afterAll(folder.remove)

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
  const place = mongo.place()
  const url = new URL(mongo.url)
  url.pathname = `/${place.database}`
  await run({ MONGO_URL: url.href, DATA_DIR: folder.path }, 'import', file)
  const parts = await openParts(place)
  const storage = rightOf(await openMongoLogStorage(place)())
  const close = async (): Promise<void> => {
    await Promise.all([parts.close(), storage.close()])
  }
  return { ...parts, storage, close }
}

describe.each(oldLogs)('a log that release $release left, imported into MongoDB', old => {
  // The stand-in is slow: one read model by stream and one over many streams are enough.
  const rebuilt = [old.wasExported ? usageProjection : resultProjection]
  oldLogContract(old, async () => openImported(await exportOf(old)), rebuilt)
})
