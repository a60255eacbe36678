import type { Queue } from 'bullmq'
import { jobName } from '../job-name.ts'
import type { Job } from '../job-queue.ts'
import { priorityOf } from './bull-job.ts'

/** BullMQ would put a job that keeps its rank behind all others of that rank, which would hold it up each time. */
export const rerankJob = async (queue: Queue, job: Job): Promise<void> => {
  const known = await queue.getJob(jobName(job))
  const priority = priorityOf(job.rank)
  if (known !== undefined && known.priority !== priority) await known.changePriority({ priority })
}
