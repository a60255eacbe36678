import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Dockerode from 'dockerode'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runnerImage } from '../runner/test-container.ts'
import type { Sandbox } from '../sandbox.ts'
import { reapContainers } from './reap-containers.ts'
import { containersOf, runCode, testOwner, testSandbox } from './test-sandbox.ts'

const daemonSocket = '/var/run/docker.sock'
const owner = testOwner()
let folder: string
let socketPath: string
let way: Way
let sandbox: Sandbox

type Way = Readonly<{ cut: () => Promise<void> }>

/** A way to the daemon that can be cut, as if the daemon were gone. */
const openWay = async (): Promise<Way> => {
  const sockets = new Set<Socket>()
  const server: Server = createServer(client => {
    const daemon = connect(daemonSocket)
    for (const [from, to] of [
      [client, daemon],
      [daemon, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => sockets.delete(from) && to.destroy())
      from.pipe(to)
    }
  })
  await new Promise<void>(resolve => server.listen(socketPath, resolve))
  return {
    cut: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runledger-way-'))
  socketPath = join(folder, 'docker.sock')
  way = await openWay()
  sandbox = testSandbox(new Dockerode({ socketPath }), await runnerImage(), { owner, languages: ['sh'] })
})

afterAll(async () => {
  await sandbox.close()
  await way.cut()
  await reapContainers(new Dockerode(), { logId: owner.logId, keepIncarnation: '', workerId: null })
  await rm(folder, { recursive: true })
})

describe('given a daemon that goes and comes back', () => {
  it('a run under way is lost, the next are refused at once, and all is well again afterwards', async () => {
    const begun = Promise.withResolvers<void>()
    const interrupted = runCode(sandbox, 'echo begun; sleep 30', { onOutput: begun.resolve })
    await begun.promise
    await way.cut()
    expect((await interrupted).result).toMatchObject({ _tag: 'Left', left: { kind: 'lost' } })

    const asked = performance.now()
    expect((await runCode(sandbox, 'true')).result).toMatchObject({ _tag: 'Left', left: { kind: 'unavailable' } })
    expect(performance.now() - asked).toBeLessThan(2_000)
    expect(await sandbox.health()).toMatchObject({ healthy: false, problems: [expect.stringContaining('Docker')] })

    way = await openWay()
    await vi.waitUntil(async () => (await sandbox.health()).healthy, { timeout: 10_000, interval: 100 })
    expect((await runCode(sandbox, 'echo back')).stdout).toBe('back\n')
  })

  it('what was left behind is removed', async () => {
    const gone = async () =>
      (await containersOf(new Dockerode(), owner.logId)).every(({ State }) => State === 'running')
    await vi.waitUntil(gone, { timeout: 20_000, interval: 100 })
  })
})
