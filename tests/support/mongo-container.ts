import { once } from 'node:events'
import { createServer } from 'node:net'
import Docker from 'dockerode'
import { MongoClient } from 'mongodb'
import { runLabel, runVariable } from '../run/end-leftovers.mjs'
import { mongoImage } from '../run/mongo-image.mjs'
import type { MongoServer } from './mongo-server.ts'

// Fixed from the start: a container that is started again would be published somewhere else.
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was bound')
  return address.port
}

const startTimeoutMS = 60_000

const untilPrimary = async (url: string): Promise<void> => {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: startTimeoutMS })
  try {
    await client.db('admin').command({ ping: 1 })
  } finally {
    await client.close()
  }
}

const beginReplicaSet = async (port: number): Promise<void> => {
  const direct = `mongodb://127.0.0.1:${port}/?directConnection=true`
  const client = new MongoClient(direct, { serverSelectionTimeoutMS: startTimeoutMS })
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }]
  try {
    await client.db('admin').command({ replSetInitiate: { _id: 'rs0', members } })
  } finally {
    await client.close()
  }
}

/** MongoDB itself as a replica set of one, in a container of this machine's Docker. */
export const startMongoContainer = async (): Promise<MongoServer> => {
  const docker = new Docker()
  const port = await freePort()
  const container = await docker.createContainer({
    Image: mongoImage,
    Cmd: ['--replSet', 'rs0', '--port', String(port), '--bind_ip_all'],
    Labels: { [runLabel]: process.env[runVariable] ?? 'none' },
    ExposedPorts: { [`${port}/tcp`]: {} },
    HostConfig: { PortBindings: { [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(port) }] } },
  })
  const url = `mongodb://127.0.0.1:${port}/?replicaSet=rs0`
  await container.start()
  await beginReplicaSet(port)
  await untilPrimary(url)
  return {
    url,
    pid: null,
    stop: async (signal = 'SIGTERM') => {
      await container.kill({ signal })
      await container.wait()
    },
    restart: async () => {
      await container.start()
      await untilPrimary(url)
    },
    remove: () => container.remove({ force: true, v: true }),
  }
}
