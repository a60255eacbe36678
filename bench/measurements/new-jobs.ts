import { randomUUID } from 'node:crypto'
import type { Job } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'

/** The first jobs of so many new submissions. */
export const newJobs = (count: number): ReadonlyArray<Job> =>
  Array.from({ length: count }, () => {
    const id: string = randomUUID()
    if (!submissionId.is(id)) throw new Error('randomUUID gave no UUID')
    return { submissionId: id, attempt: 1, generation: 0, rank: 1 }
  })
