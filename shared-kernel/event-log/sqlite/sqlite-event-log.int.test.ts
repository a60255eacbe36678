import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { eventLogContract } from '../contract/event-log.contract.ts'
import { rightOf } from '../contract/right-of.ts'
import { openSqliteEventLog } from './open-sqlite-event-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
eventLogContract('the SQLite log', async options => {
  files += 1
  return rightOf(await openSqliteEventLog({ file: join(folder, `${files}.sqlite`), ...options })())
})
