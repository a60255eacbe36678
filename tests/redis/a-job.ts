import { randomUUID } from 'node:crypto'
import type { Job } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'

/** The first job of a new submission. */
export const aJob = (): Job => {
  const id: string = randomUUID()
  if (!submissionId.is(id)) throw new Error('randomUUID gave no UUID')
  return { submissionId: id, attempt: 1, generation: 0, rank: 1 }
}
