import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

describe('given a configuration that cannot be meant', () => {
  it.each([
    ['PORT', 'eighty'],
    ['LANGUAGES', 'klingon'],
    ['SANDBOX_RUNTIME', 'no-such-runtime'],
    ['SANDBOX_ALLOW_UNSAFE', 'perhaps'],
  ])('does not start with %s=%s, and names the variable', async (name, value) => {
    const { status, printed } = await runToExit({ dataDir: unused.path, env: { [name]: value } })
    expect(status).toBe(1)
    expect(printed).toContain(name)
  })
})
