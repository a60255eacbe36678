import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteLogReader } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-reader.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { openSqliteKeyStore } from '@runledger/shared-kernel/sealing/sqlite/open-sqlite-key-store.ts'
import { auditDataDir } from './audit-data-dir.ts'
import { clientOf } from './client.ts'
import { containersOf } from './containers-of.ts'
import { expectDocumented } from './expect-documented.ts'
import { exposedBy } from './exposed-by.ts'
import { openGateway } from './gateway.ts'
import { spareDataDir } from './spare-stores.ts'
import { startStandalone } from './standalone-process.ts'
import type { System } from './system.ts'
import { tempFolder } from './temp-folder.ts'

/** One process on SQLite. */
export const startEmbeddedSystem = async (root: string, env: Readonly<Record<string, string>>): Promise<System> => {
  const folder = tempFolder()
  const dataDir = folder.path
  const start = () => startStandalone({ dataDir, env, root })
  let process = await start()
  const url = () => process.url
  const gateway = await openGateway({ commands: url, queries: url })

  const endAndStart = (signal: NodeJS.Signals) => async (): Promise<void> => {
    await process.end(signal)
    process = await start()
  }
  return {
    url: gateway.url,
    client: clientOf(gateway.url, expectDocumented),
    metrics: () => exposedBy([url()]),
    env: { DATA_DIR: dataDir },
    root,
    killWorker: endAndStart('SIGKILL'),
    restartReaders: endAndStart('SIGTERM'),
    openStores: async () => {
      const log = rightOf(await openSqliteLogReader(join(dataDir, 'runledger.sqlite'))())
      const store = rightOf(await openSqliteReadModelStore({ file: join(dataDir, 'read-models.sqlite') })())
      return { log, store, close: async () => void (await Promise.all([log.close(), store.close()])) }
    },
    openKeys: async () => rightOf(await openSqliteKeyStore(join(dataDir, 'keys.sqlite'))()),
    stored: async () =>
      readdirSync(dataDir)
        .filter(name => /^(runledger|read-models)\.sqlite/.test(name))
        .map(name => readFileSync(join(dataDir, name), 'latin1'))
        .join(''),
    openSpare: spareDataDir,
    stop: async () => [await process.end('SIGTERM')],
    audit: () => auditDataDir(dataDir, []),
    containers: () => containersOf(dataDir),
    remove: async () => {
      await process.end('SIGKILL')
      await gateway.close()
      folder.remove()
    },
  }
}
