import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runToExit } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folder = tempFolder()
afterAll(folder.remove)

describe('given a log with events of a newer version', () => {
  beforeAll(async () => {
    const file = join(folder.path, 'runledger.sqlite')
    await rightOf(await openSqliteEventLog({ file })()).close()
    const db = new DatabaseSync(file)
    db.exec("INSERT INTO schemas VALUES ('OutputChunk@99')")
    db.close()
  })

  it('does not start, and says which, and what to do', async () => {
    const { status, printed } = await runToExit({ dataDir: folder.path })
    expect(status).toBe(1)
    expect(printed).toContain('cannot read (OutputChunk@99); run a newer version')
  })
})
