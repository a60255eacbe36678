import type { Job, JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import * as E from 'fp-ts/lib/Either.js'

const consumed = 8
const enqueuedAtOnce = 8

const enqueueAll = async (queue: JobQueue, jobs: Iterator<Job>): Promise<void> => {
  for (let next = jobs.next(); next.done !== true; next = jobs.next()) {
    const enqueued = await queue.enqueue(next.value)()
    if (E.isLeft(enqueued)) throw new Error(enqueued.left.message)
  }
}

/** Enqueues the jobs and takes each, doing nothing; resolves once all were taken. */
export const passJobs = async (queue: JobQueue, jobs: ReadonlyArray<Job>): Promise<void> => {
  const allTaken = Promise.withResolvers<void>()
  let taken = 0
  const consumer = queue.consume(async () => {
    taken += 1
    if (taken === jobs.length) allTaken.resolve()
  }, consumed)
  const rest = jobs.values()
  await Promise.all(Array.from({ length: enqueuedAtOnce }, () => enqueueAll(queue, rest)))
  await allTaken.promise
  await consumer.stop(5000)
}
