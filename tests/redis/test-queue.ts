import { randomUUID } from 'node:crypto'
import {
  type BullJobQueueOptions,
  openBullJobQueue,
} from '@runledger/shared-kernel/job-queue/bullmq/open-bull-job-queue.ts'
import type { Delivery, Job, JobQueue, JobState } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import * as E from 'fp-ts/lib/Either.js'
import { expect, vi } from 'vitest'

const patient = { timeout: 15_000 }

/** A queue with short bounds, of a log of its own unless told otherwise. */
export const testQueue = (url: string, options: Partial<BullJobQueueOptions> = {}): JobQueue =>
  openBullJobQueue({
    url,
    logId: randomUUID(),
    logger: createLogger('silent'),
    lockMs: 1000,
    settleMs: 100,
    ...options,
  })

export const untilState = (queue: JobQueue, job: Job, state: JobState): Promise<void> =>
  vi.waitFor(async () => expect(await queue.state(job)()).toStrictEqual(E.right(state)), patient)

export const untilEnqueued = (queue: JobQueue, job: Job): Promise<void> =>
  vi.waitFor(async () => expect(await queue.enqueue(job)()).toStrictEqual(E.right(undefined)), patient)

/** Notes what is delivered and runs until released. */
export const holdingHandler = () => {
  const taken: Array<Delivery> = []
  const released = Promise.withResolvers<void>()
  const handler = async (delivery: Delivery): Promise<void> => {
    taken.push(delivery)
    await released.promise
  }
  const untilTaken = (count: number): Promise<void> => vi.waitFor(() => expect(taken).toHaveLength(count), patient)
  return { taken, handler, untilTaken, release: () => released.resolve() }
}

/** How long it took, in milliseconds. */
export const timed = async (action: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await action()
  return performance.now() - start
}
