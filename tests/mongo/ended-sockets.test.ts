import { channel } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connectMongo } from '@runledger/shared-kernel/mongo/connect-mongo.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MongoServer, startOwnMongo } from '../support/mongo-server.ts'

let server: MongoServer
const sockets = new Set<Socket>()
const note = (message: unknown): void => {
  sockets.add((message as Readonly<{ socket: Socket }>).socket)
}

beforeAll(async () => {
  server = await startOwnMongo()
  channel('net.client.socket').subscribe(note)
})
afterAll(async () => {
  channel('net.client.socket').unsubscribe(note)
  await server?.remove()
})

const connected = () => {
  const connection = connectMongo({ url: server.url, database: 'ended' })
  if (typeof connection === 'string') throw new Error(connection)
  return { client: connection.client, things: connection.db.collection('things') }
}

// The driver's own pause between two looks at a server.
const nextLookMs = 600

describe('given sockets that have ended, the driver not knowing yet', () => {
  it('refuses what is asked then, and answers what is asked next', async () => {
    const { client, things } = connected()
    await things.insertOne({})
    await delay(nextLookMs)
    for (const socket of sockets) socket.destroy()
    await expect(things.insertOne({})).rejects.toThrow('closed')
    await things.insertOne({})
    expect(await things.countDocuments()).toBe(2)
    await client.close()
  })

  it('refuses what is being written when the socket ends', async () => {
    const { client, things } = connected()
    await things.insertOne({})
    const large = things.insertOne({ bytes: Buffer.alloc(12 << 20) })
    const refused = expect(large).rejects.toThrow('closed')
    while ([...sockets].every(({ writableLength }) => writableLength === 0)) await Promise.resolve()
    for (const socket of sockets) socket.destroy()
    await refused
    await things.insertOne({})
    await client.close()
  })
})
