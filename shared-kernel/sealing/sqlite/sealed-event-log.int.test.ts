import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { rightOf } from '../../event-log/contract/right-of.ts'
import { openSqliteEventLog } from '../../event-log/sqlite/open-sqlite-event-log.ts'
import { sealedEventLogContract } from '../sealed-event-log.contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'runledger-sealed-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
sealedEventLogContract('in SQLite', async () => {
  files += 1
  return rightOf(await openSqliteEventLog({ file: join(folder, `${files}.sqlite`) })())
})
