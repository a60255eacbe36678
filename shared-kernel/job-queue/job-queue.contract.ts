import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { submissionId } from '../types/ids.ts'
import { jobName } from './job-name.ts'
import type { Delivery, Job, JobQueue } from './job-queue.ts'

const aJob = (overrides: Partial<Job> = {}): Job => {
  const id: string = randomUUID()
  if (!submissionId.is(id)) throw new Error('randomUUID gave no UUID')
  return { submissionId: id, attempt: 1, generation: 0, rank: 1, ...overrides }
}

/** Runs until released, or until its signal aborts when it listens to it. */
const holdingHandler = () => {
  const taken: Array<Delivery> = []
  const release = Promise.withResolvers<void>()
  const handler = async (delivery: Delivery): Promise<void> => {
    taken.push(delivery)
    await release.promise
  }
  return { taken, handler, release: () => release.resolve() }
}

const recordingHandler = () => {
  const taken: Array<Job> = []
  const handler = async ({ job }: Delivery): Promise<void> => {
    taken.push(job)
  }
  return { taken, handler }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** What every job queue must do. `openQueue` gives an empty queue whose bounds on aborted handlers are short. */
export const jobQueueContract = (adapter: string, openQueue: () => Promise<JobQueue>): void => {
  describe(`the ${adapter} job queue`, () => {
    const opened: Array<JobQueue> = []
    const open = async (): Promise<JobQueue> => {
      const queue = await openQueue()
      opened.push(queue)
      return queue
    }
    const enqueue = async (queue: JobQueue, job: Job): Promise<void> => {
      expect(await queue.enqueue(job)()).toStrictEqual(E.right(undefined))
    }
    const hasState = (queue: JobQueue, job: Job, state: string) =>
      vi.waitFor(async () => expect(await queue.state(job)()).toStrictEqual(E.right(state)))

    afterEach(async () => {
      await Promise.all(opened.splice(0).map(queue => queue.close()))
    })

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

    describe('given a consumer that is told to stop', () => {
      it('takes no more and waits for what runs', async () => {
        const queue = await open()
        const first = aJob()
        const second = aJob()
        await enqueue(queue, first)
        await enqueue(queue, second)
        const { handler, taken, release } = holdingHandler()
        const consumer = queue.consume(handler, 1)
        await hasState(queue, first, 'active')
        const stopped = consumer.stop(60_000)
        release()
        await stopped
        expect(taken).toHaveLength(1)
        expect(taken[0]?.signal.aborted).toBe(false)
        await hasState(queue, second, 'waiting')
      })

      it('aborts what still runs after the grace', async () => {
        const queue = await open()
        const job = aJob()
        await enqueue(queue, job)
        const consumer = queue.consume(({ signal }) => untilAborted(signal), 1)
        await hasState(queue, job, 'active')
        await consumer.stop(1)
        await hasState(queue, job, 'finished')
      })

      it('does not wait for a handler that ignores its signal, and delivers its job again', async () => {
        const queue = await open()
        const job = aJob()
        await enqueue(queue, job)
        const deaf = holdingHandler()
        const first = queue.consume(deaf.handler, 1)
        await hasState(queue, job, 'active')
        await first.stop(0)
        const again = holdingHandler()
        const second = queue.consume(again.handler, 1)
        await vi.waitFor(() => expect(again.taken).toHaveLength(1), { timeout: 10_000 })
        expect(again.taken[0]).toMatchObject({ job, redelivered: true })
        deaf.release()
        await hasState(queue, job, 'active')
        again.release()
        await hasState(queue, job, 'finished')
        await second.stop(1000)
      })

      it('leaves later jobs to another consumer', async () => {
        const queue = await open()
        const idle = recordingHandler()
        await queue.consume(idle.handler, 1).stop(0)
        const { handler, taken } = recordingHandler()
        const consumer = queue.consume(handler, 1)
        const job = aJob()
        await enqueue(queue, job)
        await hasState(queue, job, 'finished')
        expect(taken).toStrictEqual([job])
        expect(idle.taken).toStrictEqual([])
        await consumer.stop(1000)
      })
    })

    describe('given a consumer that is paused', () => {
      it('finishes what it has, leaves the rest to others, and takes again when resumed', async () => {
        const queue = await open()
        const [first, second, third] = [aJob(), aJob(), aJob()]
        const paused = holdingHandler()
        const consumer = queue.consume(paused.handler, 1)
        await enqueue(queue, first)
        await hasState(queue, first, 'active')
        consumer.pause()
        await enqueue(queue, second)
        const other = recordingHandler()
        const others = queue.consume(other.handler, 1)
        paused.release()
        await hasState(queue, first, 'finished')
        await hasState(queue, second, 'finished')
        expect(other.taken).toStrictEqual([second])
        await others.stop(1000)
        await enqueue(queue, third)
        await hasState(queue, third, 'waiting')
        consumer.resume()
        await hasState(queue, third, 'finished')
        expect(paused.taken.map(({ job }) => job)).toStrictEqual([first, third])
        await consumer.stop(1000)
      })

      it('can be paused and resumed at any time, more than once, and stopped while paused', async () => {
        const queue = await open()
        const { taken, handler } = recordingHandler()
        const consumer = queue.consume(handler, 1)
        for (let i = 0; i < 3; i += 1) {
          consumer.pause()
          consumer.pause()
          consumer.resume()
          consumer.resume()
        }
        const job = aJob()
        await enqueue(queue, job)
        await hasState(queue, job, 'finished')
        consumer.pause()
        await consumer.stop(1000)
        consumer.resume()
        await enqueue(queue, aJob())
        expect(taken).toStrictEqual([job])
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
  })
}
