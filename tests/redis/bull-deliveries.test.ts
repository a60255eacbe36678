import { randomUUID } from 'node:crypto'
import { jobName } from '@runledger/shared-kernel/job-queue/job-name.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { aJob } from './a-job.ts'
import { holdingHandler, testQueue, untilEnqueued, untilState } from './test-queue.ts'

let redis: RedisServer
let client: Redis
beforeAll(async () => {
  redis = await startRedis()
  client = new Redis(redis.url)
})
afterAll(async () => {
  client.disconnect()
  await redis.close()
})

let logId: string
let queue: JobQueue
let other: JobQueue
beforeEach(() => {
  logId = randomUUID()
  queue = testQueue(redis.url, { logId })
  other = testQueue(redis.url, { logId })
})
afterEach(() => Promise.all([queue.close(), other.close()]))

const keyOf = (name: string): string => `{runledger-${logId}}:executions:${name}`

describe('given a delivery whose lock was taken over', () => {
  it('is told by its signal', async () => {
    const { handler, taken, untilTaken, release } = holdingHandler()
    queue.consume(handler, 1)
    const job = aJob()
    await untilEnqueued(queue, job)
    await untilTaken(1)
    await client.set(keyOf(`${jobName(job)}:lock`), 'somebody else', 'PX', 10_000)
    await vi.waitFor(() => expect(taken[0]?.signal).toMatchObject({ aborted: true, reason: 'lock_lost' }), 5000)
    release()
  })
})

describe('given a delivery whose lock was lost', () => {
  it('goes to another consumer as delivered again, and the first is told', async () => {
    const [first, second] = [holdingHandler(), holdingHandler()]
    const consumer = queue.consume(first.handler, 1)
    const job = aJob()
    await untilEnqueued(queue, job)
    await first.untilTaken(1)
    consumer.pause()
    other.consume(second.handler, 1)
    await client.del(keyOf(`${jobName(job)}:lock`))
    await second.untilTaken(1)
    expect(first.taken[0]).toMatchObject({ job, redelivered: false })
    expect(second.taken[0]).toMatchObject({ job, redelivered: true })
    await vi.waitFor(() => expect(first.taken[0]?.signal).toMatchObject({ aborted: true, reason: 'lock_lost' }), 5000)
    first.release()
    await untilState(queue, job, 'active')
    second.release()
    await untilState(queue, job, 'finished')
  })
})

describe('given an idle consumer that is paused', () => {
  it.each([1, 2])('leaves a job of rank %i to another, as not delivered before', async rank => {
    const [paused, awake] = [holdingHandler(), holdingHandler()]
    awake.release()
    const consumer = queue.consume(paused.handler, 1)
    const first = aJob()
    await untilEnqueued(queue, first)
    await paused.untilTaken(1)
    paused.release()
    await untilState(queue, first, 'finished')
    consumer.pause()
    const job = { ...aJob(), rank }
    await untilEnqueued(queue, job)
    other.consume(awake.handler, 1)
    await awake.untilTaken(1)
    expect(awake.taken[0]).toMatchObject({ job, redelivered: false })
    expect(paused.taken).toHaveLength(1)
  })
})

describe('given a handler that outlives many locks', () => {
  it('keeps its delivery', async () => {
    const own = testQueue(redis.url, { logId, lockMs: 200, stalledCheckMs: 100 })
    const { handler, taken, untilTaken, release } = holdingHandler()
    own.consume(handler, 2)
    const job = aJob()
    await untilEnqueued(own, job)
    await untilTaken(1)
    const locks = new Set<number>()
    await vi.waitFor(async () => {
      locks.add(await client.pttl(keyOf(`${jobName(job)}:lock`)))
      expect(locks.size).toBeGreaterThan(15)
    }, 10_000)
    release()
    await untilState(own, job, 'finished')
    expect(taken).toHaveLength(1)
    expect(taken[0]?.signal.aborted).toBe(false)
    await own.close()
  })
})

describe('given a job that is not one of ours', () => {
  it('is dropped, and the next is taken', async () => {
    const job = aJob()
    await untilEnqueued(queue, job)
    await client.hset(keyOf(jobName(job)), 'data', '{"submissionId":"../../etc/passwd","attempt":-1}')
    const { handler, taken, untilTaken, release } = holdingHandler()
    release()
    queue.consume(handler, 1)
    await untilState(queue, job, 'finished')
    const next = aJob()
    await untilEnqueued(queue, next)
    await untilTaken(1)
    expect(taken[0]).toMatchObject({ job: next })
  })
})

describe('given a record of a job that is in no list', () => {
  it('counts as finished, so that it gets a successor', async () => {
    const job = aJob()
    await untilEnqueued(queue, job)
    await client.del(keyOf('wait'))
    await untilState(queue, job, 'finished')
  })
})

describe('given finished jobs', () => {
  it('forgets all but the last few, and those in time', async () => {
    const own = testQueue(redis.url, { logId, keepFinished: { ageMs: 2000, count: 5 } })
    const jobs = Array.from({ length: 40 }, aJob)
    for (const job of jobs) await untilEnqueued(own, job)
    const { handler, release, untilTaken } = holdingHandler()
    release()
    own.consume(handler, 4)
    await untilTaken(40)
    await vi.waitFor(async () => expect((await client.keys(keyOf('exec-*'))).length).toBeLessThanOrEqual(5))
    await vi.waitFor(async () => expect(await client.keys(keyOf('exec-*'))).toStrictEqual([]), 8000)
    await own.close()
  })
})

describe('given two logs on one Redis', () => {
  it('delivers to each its own jobs', async () => {
    const stranger = testQueue(redis.url)
    const [ours, theirs] = [holdingHandler(), holdingHandler()]
    ours.release()
    theirs.release()
    queue.consume(ours.handler, 1)
    stranger.consume(theirs.handler, 1)
    const [mine, yours] = [aJob(), aJob()]
    await untilEnqueued(queue, mine)
    await untilEnqueued(stranger, yours)
    await Promise.all([ours.untilTaken(1), theirs.untilTaken(1)])
    expect([ours.taken[0]?.job, theirs.taken[0]?.job]).toStrictEqual([mine, yours])
    await stranger.close()
  })
})
