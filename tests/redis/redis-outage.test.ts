import { kill } from 'node:process'
import * as E from 'fp-ts/lib/Either.js'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RedisServer, startOwnRedis } from '../support/redis-server.ts'
import { aJob } from './a-job.ts'
import { holdingHandler, testQueue, timed, untilEnqueued, untilState } from './test-queue.ts'

const unavailable = { _tag: 'Left', left: { _tag: 'QueueUnavailable' } }
const ignore = async (): Promise<void> => undefined

let redis: RedisServer
beforeEach(async () => {
  redis = await startOwnRedis()
})
afterEach(() => redis.close())

describe('given a Redis that is killed and comes back', () => {
  it('is unavailable meanwhile, at once; then jobs are taken again without anything being told to', async () => {
    const queue = testQueue(redis.url, { lockMs: 30_000 })
    const { handler, taken, untilTaken, release } = holdingHandler()
    const consumer = queue.consume(handler, 2)
    const [before, after] = [aJob(), aJob()]
    await untilEnqueued(queue, before)
    await untilTaken(1)
    await redis.stop('SIGKILL')
    expect(await timed(async () => expect(await queue.enqueue(after)()).toMatchObject(unavailable))).toBeLessThan(1500)
    expect(await queue.state(before)()).toMatchObject(unavailable)
    expect(await queue.counts()()).toMatchObject(unavailable)
    await redis.restart()
    await untilEnqueued(queue, after)
    await untilTaken(2)
    release()
    await untilState(queue, before, 'finished')
    await untilState(queue, after, 'finished')
    expect(taken.map(({ job, redelivered }) => ({ job, redelivered }))).toStrictEqual([
      { job: before, redelivered: false },
      { job: after, redelivered: false },
    ])
    await consumer.stop(1000)
    await queue.close()
  })

  it('keeps what waited and was on disk', async () => {
    // Else it may hold back what it has answered for as long as an earlier flush takes.
    const client = new Redis(redis.url)
    await client.config('SET', 'appendfsync', 'always')
    client.disconnect()
    const queue = testQueue(redis.url)
    const job = aJob()
    await untilEnqueued(queue, job)
    await redis.stop('SIGKILL')
    await redis.restart()
    await untilState(queue, job, 'waiting')
    await queue.close()
  })
})

describe('given a Redis that is not there yet', () => {
  it('opens, says so at once, and works once it is', async () => {
    await redis.stop()
    const queue = testQueue(redis.url)
    const consumer = queue.consume(ignore, 1)
    const job = aJob()
    expect(await timed(async () => expect(await queue.enqueue(job)()).toMatchObject(unavailable))).toBeLessThan(1500)
    await redis.restart()
    await untilEnqueued(queue, job)
    await untilState(queue, job, 'finished')
    await consumer.stop(1000)
    await queue.close()
  })
})

describe('given a Redis that has forgotten everything', () => {
  it('takes and delivers new jobs, and known names as new ones', async () => {
    const queue = testQueue(redis.url)
    const { handler, taken, untilTaken, release } = holdingHandler()
    const consumer = queue.consume(handler, 2)
    const job = aJob()
    await untilEnqueued(queue, job)
    await untilTaken(1)
    const client = new Redis(redis.url)
    await client.flushall()
    client.disconnect()
    await untilState(queue, job, 'absent')
    await untilEnqueued(queue, job)
    await untilTaken(2)
    release()
    await untilState(queue, job, 'finished')
    expect(taken.map(delivery => delivery.job)).toStrictEqual([job, job])
    expect(taken[0]?.signal).toMatchObject({ aborted: true, reason: 'lock_lost' })
    await consumer.stop(1000)
    await queue.close()
  })
})

describe('given a Redis that is silent', () => {
  it('is unavailable within the bound, and available once it speaks again', async () => {
    const queue = testQueue(redis.url, { answerMs: 300 })
    const job = aJob()
    await untilEnqueued(queue, job)
    kill(Number(redis.pid), 'SIGSTOP')
    const took = await timed(async () => expect(await queue.state(job)()).toMatchObject(unavailable))
    kill(Number(redis.pid), 'SIGCONT')
    expect(took).toBeGreaterThan(290)
    expect(took).toBeLessThan(1000)
    await untilState(queue, job, 'waiting')
    expect(E.isRight(await queue.counts()())).toBe(true)
    await queue.close()
  })
})

describe('given a Redis that is gone for good', () => {
  it.each([
    [
      'deliveries that end when told to',
      (signal: AbortSignal) => new Promise<void>(end => signal.addEventListener('abort', () => end())),
    ],
    ['deliveries that end for nobody', () => new Promise<void>(() => undefined)],
  ])('stops and closes within bounds, with %s', async (_name, until) => {
    const queue = testQueue(redis.url)
    const { handler, untilTaken } = holdingHandler()
    const consumer = queue.consume(async delivery => {
      void handler(delivery)
      await until(delivery.signal)
    }, 1)
    await untilEnqueued(queue, aJob())
    await untilTaken(1)
    const idle = queue.consume(ignore, 1)
    await redis.stop('SIGKILL')
    expect(await timed(() => consumer.stop(50))).toBeLessThan(1500)
    expect(await timed(() => idle.stop(50))).toBeLessThan(1500)
    expect(await timed(() => queue.close())).toBeLessThan(1500)
    expect(await queue.counts()()).toMatchObject(unavailable)
  })

  it('closes a queue and a consumer that never met it', async () => {
    await redis.stop()
    const queue = testQueue(redis.url)
    queue.consume(ignore, 1)
    expect(await timed(() => queue.close())).toBeLessThan(1500)
  })
})
