import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { aJob } from './a-job.ts'
import { holdingHandler, recordingHandler } from './handlers.ts'
import { enqueue, hasState, type OpenQueue, queueForEach } from './queue-for-each.ts'

/** What becomes of a job, from its name on. */
export const deliveriesContract = (openQueue: OpenQueue): void => {
  const open = queueForEach(openQueue)

  describe('given a job', () => {
    it('tells its state from absent over waiting and active to finished', async () => {
      const queue = await open()
      const job = aJob()
      await hasState(queue, job, 'absent')
      await enqueue(queue, job)
      await hasState(queue, job, 'waiting')
      const { handler, release } = holdingHandler()
      const consumer = queue.consume(handler, 1)
      await hasState(queue, job, 'active')
      release()
      await hasState(queue, job, 'finished')
      await consumer.stop(0)
    })

    it('counts what waits and what runs', async () => {
      const queue = await open()
      for (let i = 0; i < 3; i += 1) await enqueue(queue, aJob())
      const { handler, release } = holdingHandler()
      const consumer = queue.consume(handler, 1)
      await vi.waitFor(async () => expect(await queue.counts()()).toStrictEqual(E.right({ waiting: 2, active: 1 })))
      release()
      await vi.waitFor(async () => expect(await queue.counts()()).toStrictEqual(E.right({ waiting: 0, active: 0 })))
      await consumer.stop(0)
    })

    it('delivers it whole, for the first time', async () => {
      const queue = await open()
      const job = aJob({ attempt: 3, generation: 2, rank: 7 })
      await enqueue(queue, job)
      const { handler, taken, release } = holdingHandler()
      const consumer = queue.consume(handler, 1)
      await vi.waitFor(() => expect(taken).toHaveLength(1))
      expect(taken[0]).toMatchObject({ job, redelivered: false })
      expect(taken[0]?.signal.aborted).toBe(false)
      release()
      await consumer.stop(1000)
    })
  })

  describe('given a name it knows', () => {
    it('ignores it while waiting, active and finished', async () => {
      const queue = await open()
      const job = aJob()
      await enqueue(queue, job)
      await enqueue(queue, job)
      const { handler, taken, release } = holdingHandler()
      const consumer = queue.consume(handler, 4)
      await hasState(queue, job, 'active')
      await enqueue(queue, job)
      release()
      await hasState(queue, job, 'finished')
      await enqueue(queue, job)
      const last = aJob()
      await enqueue(queue, last)
      await hasState(queue, last, 'finished')
      expect(taken.map(delivery => delivery.job)).toStrictEqual([job, last])
      await consumer.stop(1000)
    })

    it('takes another attempt or generation as another job', async () => {
      const queue = await open()
      const job = aJob()
      const jobs = [job, { ...job, attempt: 2 }, { ...job, generation: 1 }]
      for (const each of jobs) await enqueue(queue, each)
      const { handler, taken } = recordingHandler()
      const consumer = queue.consume(handler, 1)
      await vi.waitFor(() => expect(taken).toStrictEqual(jobs))
      await consumer.stop(1000)
    })
  })

  describe('given more jobs than the concurrency', () => {
    it('runs as many at once as the concurrency allows, never more, and all in the end', async () => {
      const queue = await open()
      let running = 0
      let most = 0
      let done = 0
      const turn = Promise.withResolvers<void>()
      const consumer = queue.consume(async () => {
        running += 1
        most = Math.max(most, running)
        if (running === 3) turn.resolve()
        await turn.promise
        running -= 1
        done += 1
      }, 3)
      for (let i = 0; i < 20; i += 1) await enqueue(queue, aJob())
      await vi.waitFor(() => expect(done).toBe(20))
      expect(most).toBe(3)
      await consumer.stop(1000)
    })
  })

  describe('given a handler that has yielded its place', () => {
    it('keeps its job until it ends, and others are delivered within bounds', async () => {
      const queue = await open()
      const jobs = [aJob(), aJob(), aJob(), aJob()]
      const released = Promise.withResolvers<void>()
      let running = 0
      let most = 0
      const consumer = queue.consume(async ({ yieldPlace }) => {
        running += 1
        most = Math.max(most, running)
        yieldPlace()
        await released.promise
        running -= 1
      }, 1)
      for (const job of jobs) await enqueue(queue, job)
      const [first = aJob(), , , last = aJob()] = jobs
      await hasState(queue, first, 'active')
      await hasState(queue, last, 'waiting')
      released.resolve()
      for (const job of jobs) await hasState(queue, job, 'finished')
      expect(most).toBeLessThanOrEqual(2)
      await consumer.stop(1000)
    })
  })

  describe('given a handler that rejects', () => {
    it('finishes the job and goes on with the next', async () => {
      const queue = await open()
      const broken = aJob()
      const sound = aJob()
      const consumer = queue.consume(async ({ job }) => {
        if (job.submissionId === broken.submissionId) throw new Error('broken handler')
      }, 1)
      await enqueue(queue, broken)
      await enqueue(queue, sound)
      await hasState(queue, sound, 'finished')
      await hasState(queue, broken, 'finished')
      await consumer.stop(1000)
    })
  })

  describe('given a closed queue', () => {
    it('answers that it is unavailable', async () => {
      const queue = await open()
      await queue.close()
      const unavailable = { _tag: 'Left', left: { _tag: 'QueueUnavailable' } }
      expect(await queue.enqueue(aJob())()).toMatchObject(unavailable)
      expect(await queue.rerank(aJob())()).toMatchObject(unavailable)
      expect(await queue.state(aJob())()).toMatchObject(unavailable)
      expect(await queue.counts()()).toMatchObject(unavailable)
    })
  })
}
