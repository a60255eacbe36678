import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { clientOf } from '../support/client.ts'
import { expectSoundDataDir } from '../support/expect-sound-data-dir.ts'
import { makeOlderImage, type OlderImage } from '../support/older-image.ts'
import { recordRunIn } from '../support/record-run-on.ts'
import { runReplays, startReplays } from '../support/run-replays.ts'
import { type StandaloneProcess, startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const marker = "import os\nprint(open('/marker').read() if os.path.exists('/marker') else 'current')"

const folder = tempFolder()
let runledger: StandaloneProcess
let client: Client
let older: OlderImage
/** A submission that ran before python was upgraded. */
let beforeUpgrade: string

// A container at rest for its tenant would keep the older image from being removed.
const env = { LANGUAGES: 'python', SANDBOX_ISOLATION: 'single-use' }

const serve = async (): Promise<void> => {
  runledger = await startStandalone({ dataDir: folder.path, env })
  client = clientOf(runledger.url)
}

beforeAll(async () => {
  await serve()
  const { body } = await client.get('/api/languages')
  const [python] = body['languages'] as ReadonlyArray<{ image: string }>
  older = await makeOlderImage(String(python?.image))
  await runledger.end('SIGTERM')
  beforeUpgrade = await recordRunIn(folder.path, { image: older.digest, code: marker, output: 'older\n' })
  await serve()
})
afterAll(async () => {
  await runledger.end('SIGTERM')
  await older.remove()
  await expectSoundDataDir(folder.path)
  folder.remove()
})

const run = async (code: string): Promise<string> => {
  const id = await client.submit({ lang: 'python', code, stdInput: 'in', args: ['-v'] })
  await client.resultOf(id)
  return id
}

/** Replays and answers the replay's result, and how it compares. */
const replay = async (id: string) => {
  const answer = await client.post(`/api/submissions/${id}/replay`, {})
  expect(answer).toMatchObject({ status: 201, body: { replayOf: id } })
  const replayId = String(answer.body['codeSubmissionId'])
  const result = await client.resultOf(replayId)
  const compared = async () => {
    const { body } = await client.get(`/api/submissions/${id}/replays`)
    const [latest] = body['replays'] as ReadonlyArray<Record<string, unknown>>
    return latest?.['submissionId'] === replayId ? latest : {}
  }
  await expect.poll(compared).toMatchObject({ status: result['status'] })
  return { result, compared: await compared() }
}

describe('given a program that does the same each time', () => {
  it('its replay is the same, on the same image', async () => {
    const id = await run("import sys; print(sys.argv, input()); print('é', file=sys.stderr); sys.exit(3)")
    const { result, compared } = await replay(id)
    expect(result).toMatchObject({ exitCode: 3, stdError: 'é\n', replay: { of: id, image: 'original' } })
    expect(compared).toMatchObject({ same: true, ranOn: 'original', output: { same: true }, image: { same: true } })
  })
})

describe('given a program that prints something else each time', () => {
  it('its replay shows where its output parts from the first', async () => {
    const id = await run("import time; print('at'); print(time.time_ns())")
    const { compared } = await replay(id)
    expect(compared).toMatchObject({
      same: false,
      outcome: { same: true },
      output: { firstDifference: { stream: 'stdout', original: { encoding: 'utf8' } } },
    })
    const { firstDifference } = compared['output'] as { firstDifference: { offset: number } }
    expect(firstDifference.offset).toBeGreaterThanOrEqual('at\n'.length)
  })
})

describe('given a program that ran before its language was upgraded', () => {
  it('is replayed on the image of then as long as that is there, and on the current one afterwards', async () => {
    const before = await replay(beforeUpgrade)
    expect(before.result).toMatchObject({
      stdOutput: 'older\n',
      language: { image: older.digest },
      replay: { of: beforeUpgrade, image: 'original' },
    })
    expect(before.compared).toMatchObject({ same: true, image: { same: true } })
    await older.remove()
    const after = await replay(beforeUpgrade)
    expect(after.result).toMatchObject({ stdOutput: 'current\n', replay: { of: beforeUpgrade, image: 'current' } })
    expect(after.compared).toMatchObject({
      same: false,
      output: { firstDifference: { offset: 0, original: { content: 'older\n' }, replay: { content: 'current\n' } } },
      image: { original: older.digest, same: false },
    })
  })
})

describe('given a submission that has not ended', () => {
  it('is not replayed before it has', async () => {
    const id = await client.submit({ lang: 'python', code: 'import time; time.sleep(60)' })
    const refused = await client.post(`/api/submissions/${id}/replay`, {})
    expect(refused).toMatchObject({ status: 409, body: { error: expect.stringMatching(/still (waiting|running)/) } })
    await client.post(`/api/submissions/${id}/cancel`, {})
    expect(await client.resultOf(id)).toMatchObject({ status: 'cancelled' })
  })
})

describe('given a batch', () => {
  it('runs what can be run and says of the others why not', async () => {
    const good = (text: string) => ({ lang: 'python', code: `print('${text}')` })
    const submissions = [good('one'), { lang: 'python' }, good('two')]
    const { status, body } = await client.post('/api/submissions/batch', { submissions })
    expect(status).toBe(201)
    const [first, bad, last] = body['submissions'] as ReadonlyArray<Record<string, unknown>>
    expect(bad).toMatchObject({ status: 400, error: 'Code and language are required' })
    expect(await client.resultOf(String(first?.['codeSubmissionId']))).toMatchObject({ stdOutput: 'one\n' })
    expect(await client.resultOf(String(last?.['codeSubmissionId']))).toMatchObject({ stdOutput: 'two\n' })
  })
})

describe('given npm run replay', () => {
  const deterministic = 'print(input())'
  const changing = 'import time; print(time.time_ns())'

  it('ends with 0 where the programs named did the same', async () => {
    const ids = [await run(deterministic), await run('import sys; sys.exit(3)')]
    const replayed = await runReplays('--url', runledger.url, ...ids)
    expect(replayed).toMatchObject({ status: 0, stdout: expect.stringContaining('2 of 2 replayed, 0 of them') })
  })

  it('ends with 1 and tells what changed, by itself or by an upgrade', async () => {
    const ids = [await run(deterministic), await run(changing), beforeUpgrade]
    const { status, stdout } = await runReplays('--url', runledger.url, ...ids)
    expect(status).toBe(1)
    expect(stdout).toMatch(new RegExp(`^${ids[1]} +stdout at byte \\d+ +"\\d+`, 'm'))
    expect(stdout).toMatch(new RegExp(`^${beforeUpgrade} +stdout at byte 0 +"older\\\\n" +"current\\\\n"$`, 'm'))
    expect(stdout).toContain('3 of 3 replayed, 1 of them on another image; 1 the same; 2 changed; 0 not replayed')
  })

  it('ends with 2 and says why where a submission cannot be replayed', async () => {
    const unknown = '0192d4c8-5a7e-7c3b-9f10-6a1b2c3d4e5f'
    const { status, stdout } = await runReplays('--url', runledger.url, unknown)
    expect(status).toBe(2)
    expect(stdout).toMatch(/^0192d4c8\S+ +not replayed +Code submission not found$/m)
  })

  it('ends at Ctrl-C, with what is known by then', async () => {
    const slow = await client.submit({ lang: 'python', code: 'import time; time.sleep(60)' })
    await client.post(`/api/submissions/${slow}/cancel`, {})
    await client.resultOf(slow)
    const replaying = startReplays('--url', runledger.url, '--concurrency', '1', await run(deterministic), slow)
    const latest = async () => {
      const { body } = await client.get(`/api/submissions/${slow}/replays`)
      return body['replays'] as ReadonlyArray<Record<string, unknown>>
    }
    await expect.poll(latest, { timeout: 20_000 }).toMatchObject([{ status: 'pending' }])
    replaying.interrupt()
    const { status, stdout } = await replaying.ended
    expect(status).toBe(130)
    expect(stdout).toContain('1 of 2 replayed')
    const [pending] = await latest()
    await client.post(`/api/submissions/${pending?.['submissionId']}/cancel`, {})
  })

  it('ends with 2 and says how it is used where that is not understood', async () => {
    expect(await runReplays('yesterday')).toMatchObject({ status: 2, stderr: expect.stringContaining('--since') })
  })
})
