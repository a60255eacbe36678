import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { recordedDaemon } from '@runledger/sandbox/docker/recorded-daemon.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runToExit } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folder = tempFolder()
const socket = join(folder.path, 'docker.sock')

// No such daemon can be had for a test: it answers what one says that has neither seccomp nor the controller of processes.
const unsafe = { ...recordedDaemon, SecurityOptions: [], PidsLimit: false }
let daemon: Server
beforeAll(async () => {
  daemon = createServer((request, response) => {
    response.statusCode = request.url?.endsWith('/info') ? 200 : 500
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url?.endsWith('/info') ? unsafe : { message: 'no containers here' }))
  }).listen(socket)
  await once(daemon, 'listening')
})
afterAll(async () => {
  daemon.closeAllConnections()
  await once(daemon.close(), 'close')
  folder.remove()
})

const start = (env: Readonly<Record<string, string>>) =>
  runToExit({ dataDir: join(folder.path, 'data'), env: { DOCKER_HOST: `unix://${socket}`, LANGUAGES: 'bash', ...env } })

describe('given a Docker daemon that cannot keep programs from doing harm', () => {
  it('does not start, says what it lacks and how to go on', async () => {
    const { status, printed } = await start({})
    expect(status).toBe(1)
    for (const words of ['seccomp', 'controller `pids`', 'DOCKER_HOST', 'SANDBOX_ALLOW_UNSAFE=yes'])
      expect(printed).toContain(words)
  })

  it('goes on where the operator says so, and warns', async () => {
    const { printed } = await start({ SANDBOX_ALLOW_UNSAFE: 'yes' })
    expect(printed).toContain('the Docker daemon lacks something')
    expect(printed).not.toContain('SANDBOX_ALLOW_UNSAFE')
    expect(printed).toContain('no containers here')
  })
})
