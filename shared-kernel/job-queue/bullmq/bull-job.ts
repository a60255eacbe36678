import type { JobsOptions } from 'bullmq'
import * as t from 'io-ts'
import { submissionId } from '../../types/ids.ts'
import { naturalNumber, positiveInteger } from '../../types/primitives.ts'
import { jobName } from '../job-name.ts'
import type { Job } from '../job-queue.ts'

/** Job data as it stands in Redis: ids only. */
export const jobData = t.strict(
  { submissionId, attempt: positiveInteger, generation: naturalNumber, rank: positiveInteger },
  'JobData',
)

const lowestPriority = 2_097_151

// No priority (0) goes before every other and is the cheapest to take: that is for first submissions.
export const priorityOf = (rank: number): number => Math.min(rank - 1, lowestPriority)

export const bullOptions = (job: Job): JobsOptions => ({ jobId: jobName(job), priority: priorityOf(job.rank) })
