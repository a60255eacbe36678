import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { openBullJobQueue } from '@runledger/shared-kernel/job-queue/bullmq/open-bull-job-queue.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { Redis } from 'ioredis'
import { newJobs } from './new-jobs.ts'
import { passJobs } from './pass-jobs.ts'

export type RedisMemoryReport = Readonly<{
  jobs: number
  /** How many finished jobs were to be remembered at most, and for how long. */
  retention: Readonly<{ ageMs: number; count: number }>
  /** Keys of single submissions right after the last job, and once the retention has passed. */
  keysKept: number
  keysLeft: number
  bytesBefore: number
  /** What Redis used right after the last job, and once the retention has passed. */
  bytesKept: number
  bytesLeft: number
}>

const usedBytes = async (client: Redis): Promise<number> =>
  Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])

const submissionKeys = async (client: Redis, logId: string): Promise<number> => {
  let keys = 0
  for await (const page of client.scanStream({ match: `*${logId}*exec-*`, count: 1000 })) keys += page.length
  return keys
}

// The names go when a consumer next looks, which is within half the retention more.
const untilForgotten = async (client: Redis, logId: string, ageMs: number): Promise<number> => {
  const deadline = performance.now() + 2 * ageMs + 2000
  let keys = await submissionKeys(client, logId)
  while (keys > 0 && performance.now() < deadline) {
    await delay(100)
    keys = await submissionKeys(client, logId)
  }
  return keys
}

/** What so many submissions leave behind in a Redis that nobody else uses meanwhile. */
export const measureRedisMemory = async (url: string, count = 10_000): Promise<RedisMemoryReport> => {
  const retention = { ageMs: 5000, count: 1000 }
  const logId = randomUUID()
  const client = new Redis(url)
  const queue = openBullJobQueue({ url, logId, logger: createLogger('silent'), keepFinished: retention })
  try {
    const bytesBefore = await usedBytes(client)
    await passJobs(queue, newJobs(count))
    const [keysKept, bytesKept] = [await submissionKeys(client, logId), await usedBytes(client)]
    const idle = queue.consume(async () => undefined, 1)
    const keysLeft = await untilForgotten(client, logId, retention.ageMs)
    const bytesLeft = await usedBytes(client)
    await idle.stop(1000)
    return { jobs: count, retention, keysKept, keysLeft, bytesBefore, bytesKept, bytesLeft }
  } finally {
    await queue.close()
    client.disconnect()
  }
}
