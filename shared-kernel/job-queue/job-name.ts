import type { Job } from './job-queue.ts'

export const jobName = ({ submissionId, attempt, generation }: Job): string =>
  `exec-${submissionId}-a${attempt}-g${generation}`
