import { describe, expect, it, vi } from 'vitest'
import { aJob } from './a-job.ts'
import { holdingHandler, recordingHandler } from './handlers.ts'
import { enqueue, hasState, type OpenQueue, queueForEach } from './queue-for-each.ts'

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Who takes jobs, and how one ceases to. */
export const consumersContract = (openQueue: OpenQueue): void => {
  const open = queueForEach(openQueue)

  describe('given a consumer that is told to stop', () => {
    it('takes no more and waits for what runs', async () => {
      const queue = await open()
      const first = aJob()
      const second = aJob()
      await enqueue(queue, first)
      await enqueue(queue, second)
      const { handler, taken, release } = holdingHandler()
      const consumer = queue.consume(handler, 1)
      await vi.waitFor(() => expect(taken).toHaveLength(1))
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
      const begun = Promise.withResolvers<void>()
      const consumer = queue.consume(({ signal }) => {
        begun.resolve()
        return untilAborted(signal)
      }, 1)
      await begun.promise
      await consumer.stop(1)
      await hasState(queue, job, 'finished')
    })

    it('does not wait for a handler that ignores its signal, and delivers its job again', async () => {
      const queue = await open()
      const job = aJob()
      await enqueue(queue, job)
      const deaf = holdingHandler()
      const first = queue.consume(deaf.handler, 1)
      await vi.waitFor(() => expect(deaf.taken).toHaveLength(1))
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
      // It is active a moment before it has come, and one that comes after the pause is handed back.
      await vi.waitFor(() => expect(paused.taken).toHaveLength(1))
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
}
