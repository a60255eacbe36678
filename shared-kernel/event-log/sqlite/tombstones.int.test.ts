import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { rightOf } from '../contract/right-of.ts'
import { tombstonesContract } from '../contract/tombstones.contract.ts'
import { openSqliteEventLog } from './open-sqlite-event-log.ts'
import { openSqliteLogStorage } from './open-sqlite-log-storage.ts'
import { tamperWithFile } from './tamper-with-file.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
tombstonesContract('the SQLite log', async () => {
  files += 1
  const file = join(folder, `${files}.sqlite`)
  const log = rightOf(await openSqliteEventLog({ file, partitions: 1 })())
  const storage = rightOf(await openSqliteLogStorage({ file, readOnly: false })())
  const reader = rightOf(await openSqliteEventLog({ file })())
  return {
    log,
    reader,
    storage,
    remove: async ({ p, n }) => tamperWithFile(file, `DELETE FROM commits WHERE p = ${p} AND n = ${n}`),
  }
})
