import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { pingDocker } from './ping-docker.mjs'

const ends: Array<() => void> = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'runledger-ping-'))
  ends.push(() => rmSync(path, { recursive: true }))
  return path
}

const daemon = async (answer: (url: string | undefined) => number | null, where: string | number) => {
  const server = createServer((request, response) => {
    const status = answer(request.url)
    if (status !== null) response.writeHead(status).end()
  })
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>(resolve => server.listen(where, resolve))
  return server
}

describe('a ping', () => {
  it('finds a daemon behind a socket', async () => {
    const path = join(folder(), 'docker.sock')
    await daemon(url => (url === '/_ping' ? 200 : 404), path)
    expect(await pingDocker({ kind: 'unix', path })).toBeNull()
  })

  it('finds a daemon behind a port', async () => {
    const server = await daemon(() => 200, 0)
    const { port } = server.address() as AddressInfo
    expect(await pingDocker({ kind: 'tcp', host: '127.0.0.1', port })).toBeNull()
  })

  it('says that there is no socket', async () => {
    expect(await pingDocker({ kind: 'unix', path: join(folder(), 'docker.sock') })).toBe('ENOENT')
  })

  it('says what a daemon that is unwell answers', async () => {
    const path = join(folder(), 'docker.sock')
    await daemon(() => 500, path)
    expect(await pingDocker({ kind: 'unix', path })).toBe('HTTP 500')
  })

  it('does not wait for a daemon that hangs', async () => {
    const path = join(folder(), 'docker.sock')
    await daemon(() => null, path)
    expect(await pingDocker({ kind: 'unix', path }, 50)).toBe('TIMEOUT')
  })
})
