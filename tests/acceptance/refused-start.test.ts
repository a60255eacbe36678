import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runToExit, type StandaloneProcess, startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folders = [tempFolder(), tempFolder(), tempFolder()] as const
const [used, unused, newer] = folders
let running: StandaloneProcess
beforeAll(async () => {
  running = await startStandalone({ dataDir: used.path })
})
afterAll(async () => {
  await running.end('SIGTERM')
  for (const folder of folders) folder.remove()
})

describe('given Runledger is running', () => {
  it('does not start again on the same data folder, and says who holds it', async () => {
    const { status, printed } = await runToExit({ dataDir: used.path })
    expect(status).toBe(1)
    expect(printed).toContain(`${used.path} is in use by process ${running.pid}`)
  })

  it('does not start on the same port, and says so', async () => {
    const { port } = new URL(running.url)
    const { status, printed } = await runToExit({ dataDir: unused.path, env: { PORT: port } })
    expect(status).toBe(1)
    expect(printed).toContain(`127.0.0.1:${port}: another process listens there already`)
  })
})

describe('given a log with events of a newer version', () => {
  it('does not start, and says which, and what to do', async () => {
    const file = join(newer.path, 'runledger.sqlite')
    await rightOf(await openSqliteEventLog({ file })()).close()
    const db = new DatabaseSync(file)
    db.exec("INSERT INTO schemas VALUES ('OutputChunk@99')")
    db.close()
    const { status, printed } = await runToExit({ dataDir: newer.path })
    expect(status).toBe(1)
    expect(printed).toContain('cannot read (OutputChunk@99); run a newer version')
  })
})

describe('given a configuration that cannot be meant', () => {
  it.each([
    ['PORT', 'eighty'],
    ['LANGUAGES', 'klingon'],
  ])('does not start with %s=%s, and names the variable', async (name, value) => {
    const { status, printed } = await runToExit({ dataDir: unused.path, env: { [name]: value } })
    expect(status).toBe(1)
    expect(printed).toContain(name)
  })
})
