import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { masterKey } from '../support/master-key.ts'
import { runToExit, type StandaloneProcess, startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folders = [tempFolder(), tempFolder()] as const
const [used, unused] = folders
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

describe('given a data folder that has a master key', () => {
  it('does not start with another one, nor without it, and says what is wanted', async () => {
    const folder = tempFolder()
    const begun = await startStandalone({ dataDir: folder.path, env: { LANGUAGES: 'bash' } })
    expect(await begun.end('SIGTERM')).toBe(0)
    const other = await runToExit({ dataDir: folder.path, env: { MASTER_KEY: masterKey } })
    expect([other.status, other.printed]).toEqual([1, expect.stringContaining('MASTER_KEY does not fit')])
    rmSync(join(folder.path, 'master.key'))
    const without = await runToExit({ dataDir: folder.path })
    expect([without.status, without.printed]).toEqual([1, expect.stringContaining('set MASTER_KEY or MASTER_KEY_FILE')])
    folder.remove()
  })
})

describe('given a configuration that cannot be meant', () => {
  it.each([
    ['PORT', 'eighty'],
    ['LANGUAGES', 'klingon'],
    ['MASTER_KEY_FILE', '/nowhere/master.key'],
    ['RETENTION_DAYS_BY_TENANT', 'acme=never'],
  ])('does not start with %s=%s, and names the variable', async (name, value) => {
    const { status, printed } = await runToExit({ dataDir: unused.path, env: { [name]: value } })
    expect(status).toBe(1)
    expect(printed).toContain(name)
  })
})
