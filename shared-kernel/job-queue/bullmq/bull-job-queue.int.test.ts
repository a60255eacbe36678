import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { type RedisServer, startRedis } from '../../../tests/support/redis-server.ts'
import { createLogger } from '../../logger/create-logger.ts'
import { jobQueueContract } from '../job-queue.contract.ts'
import { openBullJobQueue } from './open-bull-job-queue.ts'

const logger = createLogger('silent')

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.close())

jobQueueContract('BullMQ', async () =>
  openBullJobQueue({ url: redis.url, logId: randomUUID(), logger, lockMs: 1000, settleMs: 100 }),
)
