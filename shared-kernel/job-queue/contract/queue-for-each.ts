import * as E from 'fp-ts/lib/Either.js'
import { afterEach, expect, vi } from 'vitest'
import type { Job, JobQueue } from '../job-queue.ts'

/** Gives an empty queue whose bounds on aborted handlers are short. */
export type OpenQueue = () => Promise<JobQueue>

/** A queue whenever a test opens one, closed behind it. */
export const queueForEach = (openQueue: OpenQueue): OpenQueue => {
  const opened: Array<JobQueue> = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(queue => queue.close()))
  })
  return async () => {
    const queue = await openQueue()
    opened.push(queue)
    return queue
  }
}

export const enqueue = async (queue: JobQueue, job: Job): Promise<void> => {
  expect(await queue.enqueue(job)()).toStrictEqual(E.right(undefined))
}

export const hasState = (queue: JobQueue, job: Job, state: string): Promise<void> =>
  vi.waitFor(async () => expect(await queue.state(job)()).toStrictEqual(E.right(state)))
