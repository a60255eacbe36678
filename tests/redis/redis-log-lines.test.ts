import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { openBullJobQueue } from '@runledger/shared-kernel/job-queue/bullmq/open-bull-job-queue.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RedisServer, startOwnRedis } from '../support/redis-server.ts'
import { aJob } from './a-job.ts'
import { untilEnqueued } from './test-queue.ts'

let redis: RedisServer
beforeEach(async () => {
  redis = await startOwnRedis()
})
afterEach(() => redis.close())

const listening = () => {
  const messages: Array<string> = []
  const logger = createLogger('info', { write: line => messages.push(JSON.parse(line).msg) })
  return { messages, logger }
}

/** Hangs up on so many callers. */
const refuseCalls = async (port: number, count: number): Promise<void> => {
  let calls = 0
  const server = createServer(socket => {
    calls += 1
    socket.destroy()
  }).listen(port, '127.0.0.1')
  await vi.waitFor(() => expect(calls).toBeGreaterThanOrEqual(count), 15_000)
  server.close()
  await once(server, 'close')
}

describe('given a Redis that is away for many attempts to reach it', () => {
  it('is missed in one line, welcomed in another, and left without a word', async () => {
    const { messages, logger } = listening()
    const queue = openBullJobQueue({ url: redis.url, logId: randomUUID(), logger, settleMs: 100 })
    queue.consume(async () => undefined, 1)
    await untilEnqueued(queue, aJob())
    await redis.stop('SIGKILL')
    await vi.waitFor(() => expect(messages).toHaveLength(1))
    await refuseCalls(Number(new URL(redis.url).port), 6)
    await redis.restart()
    await untilEnqueued(queue, aJob())
    await queue.close()
    expect(messages).toStrictEqual(['Redis does not answer: job queue; trying again', 'Redis answers again: job queue'])
  })
})
