import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoKeyStore } from '@runledger/shared-kernel/sealing/mongo/open-mongo-key-store.ts'
import { MongoClient } from 'mongodb'
import { auditLog } from './audit-log.ts'
import { clientOf } from './client.ts'
import { type Grounds, startCluster } from './cluster.ts'
import { containersOfLog } from './containers-of-log.ts'
import { expectDocumented } from './expect-documented.ts'
import { exposedBy } from './exposed-by.ts'
import { openGateway } from './gateway.ts'
import { readModelDifferences } from './read-model-differences.ts'
import { spareDatabase } from './spare-stores.ts'
import type { System } from './system.ts'

const documentsIn = async (url: string): Promise<string> => {
  const client = new MongoClient(url)
  const collections = await client.db().collections()
  const documents = await Promise.all(collections.map(collection => collection.find({}).toArray()))
  await client.close()
  return JSON.stringify(documents)
}

/** Processes of their own on MongoDB and Redis: one that takes, one that runs, one that reads. */
export const startDistributedSystem = async (
  grounds: Grounds,
  root: string,
  env: Readonly<Record<string, string>>,
): Promise<System> => {
  const cluster = await startCluster(grounds, { executors: 1, queries: 1, root, env })
  const { command, queries, executors, log, store } = cluster
  const gateway = await openGateway({ commands: command.url, queries: () => queries[0]?.url() ?? '' })

  const endAndStart = (members: typeof queries, signal: NodeJS.Signals) => async (): Promise<void> => {
    await Promise.all(members.map(member => member.end(signal)))
    await Promise.all(members.map(member => member.start()))
  }
  return {
    url: gateway.url,
    client: clientOf(gateway.url, expectDocumented),
    metrics: () => exposedBy([command, ...queries, ...executors].map(({ url }) => url())),
    env: { MONGO_URL: grounds.mongoUrl, REDIS_URL: grounds.redisUrl },
    root,
    killWorker: endAndStart(executors, 'SIGKILL'),
    restartReaders: endAndStart(queries, 'SIGTERM'),
    openStores: async () => ({ log, store, close: async () => undefined }),
    openKeys: async () => rightOf(await openMongoKeyStore({ url: grounds.mongoUrl })()),
    stored: () => documentsIn(grounds.mongoUrl),
    openSpare: () => spareDatabase(grounds.mongoUrl),
    stop: async () => Object.values(await cluster.stop()),
    audit: async () => ({ ...(await auditLog(log, [])), readModels: await readModelDifferences(log, store) }),
    containers: () => containersOfLog(log.logId),
    remove: async () => {
      await gateway.close()
      await cluster.close()
    },
  }
}
