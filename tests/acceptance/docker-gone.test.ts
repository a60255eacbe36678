import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditDataDir, soundDataDir } from '../support/audit-data-dir.ts'
import { type Client, clientOf } from '../support/client.ts'
import { type DockerProxy, dockerProxy } from '../support/docker-proxy.ts'
import { type StandaloneProcess, startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folder = tempFolder()
const socketFolder = tempFolder()
let docker: DockerProxy
let runledger: StandaloneProcess
let client: Client
beforeAll(async () => {
  docker = await dockerProxy(join(socketFolder.path, 'docker.sock'))
  runledger = await startStandalone({ dataDir: folder.path, env: { DOCKER_HOST: docker.host } })
  client = clientOf(runledger.url)
})
afterAll(async () => {
  await docker.close()
  socketFolder.remove()
  folder.remove()
})

const untilReadyAnswers = (status: number) =>
  vi.waitFor(async () => expect((await client.get('/health/ready')).status).toBe(status), {
    timeout: 30_000,
    interval: 100,
  })

describe('given Docker goes away while programs run', () => {
  it('says so, keeps what it accepts, and completes it once Docker is back', async () => {
    const slow = { lang: 'python', code: 'import time\ntime.sleep(1)\nprint("done")' }
    const quick = { lang: 'python', code: 'print("done")' }
    const ids = [await client.submit(slow), await client.submit(slow)]
    await vi.waitFor(async () => {
      const { body } = await client.get(`/api/result/${ids[0]}`)
      expect(body['phase']).toBe('running')
    })

    await docker.close()
    await untilReadyAnswers(503)
    const { body: readiness } = await client.get('/health/ready')
    expect(JSON.stringify(readiness)).toMatch(/Docker/)
    ids.push(await client.submit(quick), await client.submit(quick))
    const { body: waiting } = await client.get(`/api/result/${ids[3]}?wait=1`)
    expect(waiting['status']).toBe('pending')

    await docker.open()
    await untilReadyAnswers(200)
    const results = await Promise.all(ids.map(client.resultOf))
    expect(results.map(result => [result['outcome'], result['stdOutput']])).toEqual(
      ids.map(() => ['success', 'done\n']),
    )
    expect(await runledger.end('SIGTERM')).toBe(0)
    expect(await auditDataDir(folder.path, ids)).toEqual(soundDataDir)
  }, 120_000)
})
