import { join } from 'node:path'
import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { nodeOptionsOf } from '@runledger/standalone/setup/node-options.mjs'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'
import { MongoClient } from 'mongodb'
import { clientOf } from '../support/client.ts'
import { startCluster } from '../support/cluster.ts'
import { type Member, startMember } from '../support/cluster-member.ts'
import { openGateway } from '../support/gateway.ts'
import { masterKey } from '../support/master-key.ts'
import { startOwnMongo } from '../support/mongo-server.ts'
import { startOwnRedis } from '../support/redis-server.ts'
import { startServer } from '../support/server-process.ts'
import type { Stage } from './stage.ts'

const nullMain = join(projectRoot, 'bench', 'distributed', 'null-executor.ts')

export const openMongoStage = async (): Promise<Stage> => {
  const [mongo, redis] = [await startOwnMongo(), await startOwnRedis()]
  const grounds = { mongoUrl: `${mongo.url}/transcript`, redisUrl: redis.url }
  const env = { LOG_LEVEL: 'error', LANGUAGES: 'python', CONCURRENCY: '64', MASTER_KEY: masterKey }
  const places = { MONGO_URL: grounds.mongoUrl, REDIS_URL: grounds.redisUrl, EXECUTION_PORT: '0' }
  const nullExecutor = await startServer({
    argv: [...nodeOptionsOf('execution-service'), nullMain],
    env: { ...env, ...places },
  })
  const cluster = await startCluster(grounds, { executors: 0, env })
  let executor: Member | null = null
  const reader = cluster.queries[0]
  if (reader === undefined) throw new Error('there is no query service')
  const gateway = await openGateway({ commands: cluster.command.url, queries: reader.url })
  const client = new MongoClient(grounds.mongoUrl)
  const commits = client.db().collection<StoredCommit>('commits')
  return {
    name: 'MongoDB and Redis, a process for each service',
    env: { MONGO_URL: grounds.mongoUrl, MASTER_KEY: masterKey },
    client: clientOf(gateway.url),
    runForReal: async () => {
      await nullExecutor.end('SIGTERM')
      const spec = { ...grounds, service: 'execution-service', name: 'executor', clockShiftMs: 0 } as const
      executor = await startMember({ ...spec, env: { ...env, CONCURRENCY: '2' } })
    },
    killReader: async () => {
      await reader.end('SIGKILL')
      await reader.start()
    },
    end: async () => {
      await executor?.end('SIGTERM')
      await cluster.stop()
    },
    rewrite: async (place, from, to) => {
      const commit = await commits.findOne(place)
      await commits.updateOne(place, { $set: { meta: commit?.meta.replace(from, to) ?? '' } })
    },
    remove: async place => void (await commits.deleteOne(place)),
    clear: async () => {
      await executor?.close()
      await nullExecutor.end('SIGKILL')
      await gateway.close()
      await cluster.close()
      await client.close()
      await redis.close()
      await mongo.remove()
    },
  }
}
