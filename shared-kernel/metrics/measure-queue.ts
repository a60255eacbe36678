import { isLeft } from 'fp-ts/lib/Either.js'
import type { JobQueue } from '../job-queue/job-queue.ts'
import type { Meter } from './meter.ts'

/** How many jobs there are; absent while the queue does not answer. */
export const measureQueue = (meter: Meter, queue: Pick<JobQueue, 'counts'>): void =>
  meter.observed(
    { name: 'runledger_queue_jobs', help: 'Jobs in the queue', labels: ['state'], kind: 'gauge' },
    async () => {
      const counts = await queue.counts()()
      if (isLeft(counts)) return []
      return Object.entries(counts.right).map(([state, value]) => ({ labels: { state }, value }))
    },
  )
