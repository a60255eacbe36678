import { startOwnMongo } from '@runledger/tests/support/mongo-server.ts'
import { startOwnRedis } from '@runledger/tests/support/redis-server.ts'
import { measureMongoAppends } from '../measurements/mongo-appends.ts'
import { measureQueueCpu } from '../measurements/queue-cpu.ts'
import { measureRedisMemory } from '../measurements/redis-memory.ts'
import { appendTables } from '../report/append-tables.ts'
import { distributedTables, distributedTargets } from './distributed-report.ts'
import { measureOverhead } from './overhead.ts'
import { measureScaling } from './scaling.ts'

const step = (what: string): void => console.error(`measuring: ${what}`)

/** Measures and reports what services that run apart add; true where every target is reached. */
export const runDistributed = async (): Promise<boolean> => {
  const mongo = await startOwnMongo()
  const redis = await startOwnRedis()
  const groundsFor = (name: string) => ({ mongoUrl: `${mongo.url}/${name}`, redisUrl: redis.url })
  try {
    step('CPU of a submission without its sandbox, against the least one could do')
    const overhead = await measureOverhead(groundsFor('baseline'), groundsFor('overhead'))
    step('one execution-service against two, at the same number of containers')
    const scaling = await measureScaling(groundsFor)
    step('appends of 4 processes to logs of 1 to 64 partitions')
    const appends = await measureMongoAppends(mongo.url)
    step('CPU of a job, against a bare BullMQ job')
    const queue = await measureQueueCpu(redis.url)
    step('what 10,000 submissions leave behind in Redis')
    const memory = await measureRedisMemory(redis.url)
    const figures = { overhead, scaling, queue, memory }
    console.log(`\n${appendTables(appends)}\n\n${distributedTables(figures)}`)
    return distributedTargets(figures).every(({ reached }) => reached)
  } finally {
    await mongo.remove()
    await redis.close()
  }
}
