import type { Job } from '../job-queue.ts'

export type QueuedJob = Readonly<{ name: string; job: Job; redelivered: boolean }>
