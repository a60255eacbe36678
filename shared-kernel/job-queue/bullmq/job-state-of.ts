import type { Queue } from 'bullmq'
import { jobName } from '../job-name.ts'
import type { Job, JobState } from '../job-queue.ts'

const stateNames: Readonly<Record<string, JobState>> = {
  completed: 'finished',
  failed: 'finished',
  active: 'active',
  waiting: 'waiting',
  prioritized: 'waiting',
  delayed: 'waiting',
  'waiting-children': 'waiting',
}

/**
 * A job whose record is in no list any more (Redis lost a part of its memory) will never run, yet its name is still
 * taken: it counts as finished, so that it gets a successor.
 */
export const jobStateOf = async (queue: Queue, job: Job): Promise<JobState> => {
  const name = jobName(job)
  const known = async () => stateNames[await queue.getJobState(name)]
  const state = await known()
  if (state !== undefined) return state
  if ((await queue.getJob(name)) === undefined) return 'absent'
  return (await known()) ?? 'finished'
}
