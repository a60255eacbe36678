import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, clientOf } from '../support/client.ts'
import { containersOf } from '../support/containers-of.ts'
import { expectSoundDataDir } from '../support/expect-sound-data-dir.ts'
import { type StandaloneProcess, startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folder = tempFolder()
let runledger: StandaloneProcess
let client: Client
beforeAll(async () => {
  runledger = await startStandalone({ dataDir: folder.path })
  client = clientOf(runledger.url)
})
afterAll(async () => {
  await expectSoundDataDir(folder.path)
  folder.remove()
})

describe('given Runledger has just been started', () => {
  it('is ready', async () => {
    expect(await client.get('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', facts: { sandbox: { seccomp: true, cgroupVersion: expect.stringMatching(/^[12]$/) } } },
    })
  })

  it('runs the first program of the README', async () => {
    const answer = await client.post('/api/submit', { lang: 'python', code: 'print("Hello, World!")' })
    expect(answer).toMatchObject({ status: 201, body: { message: 'Code submission queued successfully' } })
    expect(await client.resultOf(String(answer.body['codeSubmissionId']))).toMatchObject({
      status: 'completed',
      outcome: 'success',
      stdOutput: 'Hello, World!\n',
      stdError: '',
      exitCode: 0,
      lang: 'python',
      code: 'print("Hello, World!")',
    })
  })

  it('prints a line to paste that does the same', () => {
    expect(runledger.printed()).toContain(`curl -s ${runledger.url}/api/submit`)
  })

  it('leaves no container and no process when it is interrupted', async () => {
    expect(await containersOf(folder.path)).not.toEqual([])
    expect(await runledger.end('SIGINT')).toBe(0)
    expect(await containersOf(folder.path)).toEqual([])
  })
})
