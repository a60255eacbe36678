import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'

const fixture = join(import.meta.dirname, 'run-service.fixture.ts')

let file: string
let port: number
let child: ChildProcessByStdio<null, Readable, Readable>
let printed: string

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await once(server.close(), 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

const start = (env: Readonly<Record<string, string>> = {}): void => {
  printed = ''
  const started = spawn(process.execPath, [fixture, file], {
    env: { ...process.env, LOG_LEVEL: 'info', COMMAND_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = started
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      printed += text
    })
  }
  onTestFinished(() => void started.kill('SIGKILL'))
}

const exitCode = async (): Promise<number | null> => {
  if (child.exitCode === null) await once(child, 'close')
  return child.exitCode
}

const get = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } })
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() }
}

const exposed = async (): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })
  return response.text()
}

const until = (holds: () => void | Promise<void>) => vi.waitFor(holds, { timeout: 10_000, interval: 20 })

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'runledger-service-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  file = join(folder, 'dependency')
  port = await freePort()
})

describe('given a service whose dependency is late', () => {
  beforeEach(async () => {
    start()
    await until(async () => expect((await get('/health/ready')).body).toMatchObject({ detail: 'file: no file' }))
  })

  it('is live, not ready, and asks to come back', async () => {
    expect((await get('/health/live')).status).toBe(200)
    expect(await exposed()).toContain('\nprocess_cpu_seconds_total ')
    expect(await get('/health/ready')).toMatchObject({ status: 503, retryAfter: '2' })
    expect(await get('/here')).toMatchObject({
      status: 503,
      retryAfter: '2',
      body: { error: 'The service is starting' },
    })
  })

  it('says once what it waits for, and serves when it is there', async () => {
    await until(() => expect(printed).toContain('file: no file'))
    await writeFile(file, '')
    await until(() => expect(printed).toContain(`example-service serves at http://127.0.0.1:${port}\n`))
    expect(printed.split('file: no file')).toHaveLength(2)
    expect(await get('/here')).toMatchObject({ status: 200, body: 'here' })
    expect(await get('/health/ready')).toMatchObject({ status: 200 })
  })

  it('ends at once when it is told to', async () => {
    child.kill('SIGTERM')
    expect(await exitCode()).toBe(0)
  })
})

describe('given a service that serves', () => {
  beforeEach(async () => {
    await writeFile(file, '')
    start()
    await until(() => expect(printed).toContain('serves at'))
  })

  it('ends in order when it is told to', async () => {
    child.kill('SIGTERM')
    expect(await exitCode()).toBe(0)
    expect(printed).toContain('ended in order')
  })

  it('leaves its port to nobody else, who is told which variable to set', async () => {
    start()
    expect(await exitCode()).toBe(1)
    expect(printed).toContain('set COMMAND_PORT to a free one')
  })
})

describe('given a configuration that cannot be meant', () => {
  it('does not start, and names the variable', async () => {
    start({ MONGO_URL: 'localhost', REDIS_URL: 'localhost' })
    expect(await exitCode()).toBe(1)
    expect(printed).toContain('MONGO_URL must be')
    expect(printed).toContain('REDIS_URL must be')
  })
})
