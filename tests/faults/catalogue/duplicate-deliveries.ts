import { openBullJobQueue } from '@runledger/shared-kernel/job-queue/bullmq/open-bull-job-queue.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { Fault, Scene } from '../fault.ts'

const generations = [1, 2, 3]
const followed = 0.95

// Other generations of the same attempt: to the queue they are other jobs, to the log they must be one.
const enqueueAgain = async (queue: JobQueue, id: string): Promise<void> => {
  for (const generation of generations)
    await queue.enqueue({ submissionId: id as SubmissionId, attempt: 1, generation, rank: 1 })()
}

const duplicateAll = async ({ storm, submissions }: Scene, queue: JobQueue): Promise<void> => {
  for (let duplicated = 0; duplicated < followed * submissions; duplicated += 1) {
    await storm.reached((duplicated + 1) / submissions)
    await enqueueAgain(queue, storm.accepted()[duplicated] ?? '')
  }
}

export const duplicateDeliveries: Fault = {
  name: 'every job delivered four times',
  cluster: {},
  strike: async scene => {
    const { grounds, log } = scene.cluster
    const logger = createLogger('warn', process.stderr)
    const queue = openBullJobQueue({ url: grounds.redisUrl, logId: log.logId, logger })
    await duplicateAll(scene, queue).finally(queue.close)
  },
}
