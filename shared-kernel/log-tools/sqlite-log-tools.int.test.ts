import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { rightOf } from '../event-log/contract/right-of.ts'
import { openSqliteEventLog } from '../event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteLogStorage } from '../event-log/sqlite/open-sqlite-log-storage.ts'
import { storeInFile } from '../event-log/sqlite/tamper-with-file.fixture.ts'
import { anchorsContract } from './contract/anchors.contract.ts'
import type { ExposedLog } from './contract/exposed-log.ts'
import { tamperingContract } from './contract/tampering.contract.ts'
import { transferContract } from './contract/transfer.contract.ts'
import { sqliteImportTarget } from './transfer/sqlite-import-target.ts'

const folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const expose = async (partitions: number): Promise<ExposedLog> => {
  files += 1
  const file = join(folder, `${files}.sqlite`)
  const log = rightOf(await openSqliteEventLog({ file, partitions })())
  const storage = rightOf(await openSqliteLogStorage({ file, readOnly: true })())
  return { log, storage, store: async commits => storeInFile(file, commits) }
}

tamperingContract('a SQLite log', expose, 100)
anchorsContract('a SQLite log', expose)
transferContract('a SQLite file', () => {
  const home = mkdtempSync(join(folder, 'home-'))
  const file = join(home, 'runledger.sqlite')
  return {
    target: sqliteImportTarget(file),
    openLog: async () => rightOf(await openSqliteEventLog({ file })()),
    openStorage: async () => rightOf(await openSqliteLogStorage({ file, readOnly: true })()),
    isEmpty: async () => readdirSync(home).length === 0,
  }
})
