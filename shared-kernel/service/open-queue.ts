import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { queuePart } from '../health/queue-part.ts'
import { openBullJobQueue } from '../job-queue/bullmq/open-bull-job-queue.ts'
import type { JobQueue } from '../job-queue/job-queue.ts'
import { requireUrl } from './require-url.ts'
import type { ServiceNeeds } from './run-service.ts'

/** The job queue on Redis. It opens without Redis too, and answers once Redis does. */
export const openQueue = ({ config, logger, teardown }: ServiceNeeds, logId: string): E.Either<string, JobQueue> =>
  pipe(
    requireUrl('REDIS_URL', config.redisUrl),
    E.map(url => openBullJobQueue({ url, logId, logger, lockMs: config.queueLockMs })),
    E.tap(queue => E.right(teardown.add('job queue', queue.close))),
  )

/** Whether the queue on Redis answers. */
export const jobQueuePart = (queue: JobQueue) => queuePart(queue, 'job queue (REDIS_URL)')
