import { randomUUID } from 'node:crypto'
import { openBullJobQueue } from '@runledger/shared-kernel/job-queue/bullmq/open-bull-job-queue.ts'
import { jobQueueContract } from '@runledger/shared-kernel/job-queue/contract/job-queue.contract.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { afterAll, beforeAll } from 'vitest'
import { type RedisServer, startRedis } from '../support/redis-server.ts'

const logger = createLogger('silent')

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.close())

jobQueueContract('BullMQ', async () =>
  openBullJobQueue({ url: redis.url, logId: randomUUID(), logger, lockMs: 1000, settleMs: 100 }),
)
