import { isLeft } from 'fp-ts/lib/Either.js'
import type { JobQueue } from '../job-queue/job-queue.ts'
import { partOf } from './part-of.ts'
import type { Part } from './readiness.ts'

/** Whether the job queue answers. Without it submissions are taken all the same, and run once it is back. */
export const queuePart = (queue: Pick<JobQueue, 'counts'>, part = 'job queue'): Promise<Part> =>
  partOf(part, async () => {
    const counts = await queue.counts()()
    return isLeft(counts) ? counts.left.message : null
  })
