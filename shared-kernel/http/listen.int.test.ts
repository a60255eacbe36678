import { once } from 'node:events'
import type { Server } from 'node:http'
import { type Either, isRight } from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, it } from 'vitest'
import { type AddressUnusable, listen, urlOf } from './listen.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await once(server.close(), 'close')
})

const serverOf = (result: Either<AddressUnusable, Server>): Server => {
  if (!isRight(result)) throw new Error(result.left.message)
  servers.push(result.right)
  return result.right
}

describe('serving at an address', () => {
  it('answers there', async () => {
    const server = serverOf(
      await listen((_, response) => response.end('here'), { host: '127.0.0.1', port: 0, portVariable: 'PORT' }),
    )
    const response = await fetch(urlOf(server), { headers: { connection: 'close' } })
    expect(await response.text()).toBe('here')
  })

  it('says that the port is taken', async () => {
    const taken = new URL(
      urlOf(serverOf(await listen(() => undefined, { host: '127.0.0.1', port: 0, portVariable: 'PORT' }))),
    )
    expect(
      await listen(() => undefined, { host: '127.0.0.1', port: Number(taken.port), portVariable: 'COMMAND_PORT' }),
    ).toMatchObject({
      _tag: 'Left',
      left: {
        message: expect.stringContaining(
          `127.0.0.1:${taken.port}: another process listens there already; stop it or set COMMAND_PORT`,
        ),
      },
    })
  })

  it('says that the machine has no such address', async () => {
    expect(await listen(() => undefined, { host: '203.0.113.7', port: 0, portVariable: 'PORT' })).toMatchObject({
      _tag: 'Left',
      left: { message: expect.stringContaining('set HOST') },
    })
  })
})
