import { availableParallelism } from 'node:os'
import { startCluster } from '@runledger/tests/support/cluster.ts'
import { containersOf } from '@runledger/tests/support/containers-of.ts'
import { containersOfLog } from '@runledger/tests/support/containers-of-log.ts'
import { startOwnMongo } from '@runledger/tests/support/mongo-server.ts'
import { startOwnRedis } from '@runledger/tests/support/redis-server.ts'
import { startStandalone } from '@runledger/tests/support/standalone-process.ts'
import { tempFolder } from '@runledger/tests/support/temp-folder.ts'
import { saturated } from './runledger-latency.ts'
import type { Soaked } from './soak-samples.ts'

type Measure<Figures> = (soaked: Soaked) => Promise<Figures>

const atOnce = 4 * availableParallelism()

/** All services in one process, as `npm start` runs them. */
export const soakedServer = async <Figures>(isolation: string, measure: Measure<Figures>): Promise<Figures> => {
  const folder = tempFolder()
  const env = { LANGUAGES: 'python', SANDBOX_ISOLATION: isolation }
  const { url, pid, dataDir, end } = await startStandalone({ dataDir: folder.path, env })
  try {
    const load = (runs: number) => saturated(url, runs, atOnce)
    return await measure({ pid, load, containers: () => containersOf(dataDir) })
  } finally {
    await end('SIGTERM')
    folder.remove()
  }
}

/** One execution-service; those who give it work and read what came of it are processes of their own. */
export const soakedWorker = async <Figures>(isolation: string, measure: Measure<Figures>): Promise<Figures> => {
  const mongo = await startOwnMongo()
  const redis = await startOwnRedis()
  const env = { LANGUAGES: 'python', SANDBOX_ISOLATION: isolation, CONCURRENCY: String(availableParallelism()) }
  const cluster = await startCluster({ mongoUrl: `${mongo.url}/soak`, redisUrl: redis.url }, { executors: 1, env })
  try {
    const [worker, queries] = [cluster.executors[0], cluster.queries[0]]
    if (worker === undefined || queries === undefined) throw new Error('the cluster lacks a service')
    const load = (runs: number) => saturated(cluster.command.url(), runs, atOnce, queries.url())
    const figures = await measure({ pid: worker.pid(), load, containers: () => containersOfLog(cluster.log.logId) })
    await cluster.stop()
    return figures
  } finally {
    await cluster.close()
    await mongo.remove()
    await redis.close()
  }
}
