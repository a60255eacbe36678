import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { jobName } from '../job-name.ts'
import { aJob } from './a-job.ts'
import { holdingHandler, recordingHandler } from './handlers.ts'
import { enqueue, hasState, type OpenQueue, queueForEach } from './queue-for-each.ts'

/** In what order jobs are delivered. */
export const ranksContract = (openQueue: OpenQueue): void => {
  const open = queueForEach(openQueue)

  describe('given jobs of several ranks', () => {
    it('runs lower ranks first, and first in first out within a rank', async () => {
      const queue = await open()
      const jobs = [3, 1, 2, 1, 3, 2].map(rank => aJob({ rank }))
      for (const job of jobs) await enqueue(queue, job)
      const { handler, taken } = recordingHandler()
      const consumer = queue.consume(handler, 1)
      await vi.waitFor(() => expect(taken).toHaveLength(jobs.length))
      expect(taken).toStrictEqual([1, 2, 3].flatMap(rank => jobs.filter(job => job.rank === rank)))
      await consumer.stop(1000)
    })
  })

  describe('given any jobs, some enqueued more than once', () => {
    it('delivers each name once, by the rank it first came with, and first in first out within a rank', async () => {
      const submissions = Array.from({ length: 3 }, () => aJob().submissionId)
      const parts = {
        submissionId: fc.constantFrom(...submissions),
        attempt: fc.integer({ min: 1, max: 2 }),
        generation: fc.nat(1),
        rank: fc.integer({ min: 1, max: 3 }),
      }
      const job = fc.record(parts, { noNullPrototype: true })
      await fc.assert(
        fc.asyncProperty(fc.array(job, { minLength: 1, maxLength: 15 }), async jobs => {
          const queue = await openQueue()
          for (const each of jobs) await enqueue(queue, each)
          const firsts = [...new Map(jobs.toReversed().map(each => [jobName(each), each])).values()]
          const expected = firsts.toSorted((a, b) => a.rank - b.rank || jobs.indexOf(a) - jobs.indexOf(b))
          const { handler, taken } = recordingHandler()
          const consumer = queue.consume(handler, 1)
          await hasState(queue, expected[expected.length - 1] ?? aJob(), 'finished')
          expect(taken).toStrictEqual(expected)
          await consumer.stop(1000)
          await queue.close()
        }),
        { numRuns: 15 },
      )
    })
  })

  describe('given a job that is ranked anew', () => {
    it('runs by its new rank while it waits', async () => {
      const queue = await open()
      const [late, early, raised] = [aJob({ rank: 2 }), aJob({ rank: 3 }), aJob({ rank: 1 })]
      for (const job of [late, early, raised]) await enqueue(queue, job)
      for (const job of [
        { ...early, rank: 1 },
        { ...raised, rank: 4 },
      ])
        expect(await queue.rerank(job)()).toStrictEqual(E.right(undefined))
      expect(await queue.counts()()).toStrictEqual(E.right({ waiting: 3, active: 0 }))
      const { handler, taken } = recordingHandler()
      const consumer = queue.consume(handler, 1)
      await hasState(queue, raised, 'finished')
      expect(taken.map(job => job.submissionId)).toStrictEqual([early, late, raised].map(job => job.submissionId))
      await consumer.stop(1000)
    })

    it('is left alone when it does not wait', async () => {
      const queue = await open()
      const job = aJob()
      const { handler, taken, release } = holdingHandler()
      const consumer = queue.consume(handler, 1)
      expect(await queue.rerank(job)()).toStrictEqual(E.right(undefined))
      await hasState(queue, job, 'absent')
      await enqueue(queue, job)
      await hasState(queue, job, 'active')
      expect(await queue.rerank({ ...job, rank: 2 })()).toStrictEqual(E.right(undefined))
      release()
      await hasState(queue, job, 'finished')
      expect(await queue.rerank({ ...job, rank: 3 })()).toStrictEqual(E.right(undefined))
      await hasState(queue, job, 'finished')
      expect(taken).toHaveLength(1)
      await consumer.stop(1000)
    })
  })
}
