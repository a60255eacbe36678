import { randomUUID } from 'node:crypto'
import { submissionId } from '../../types/ids.ts'
import type { Job } from '../job-queue.ts'

export const aJob = (overrides: Partial<Job> = {}): Job => {
  const id: string = randomUUID()
  if (!submissionId.is(id)) throw new Error('randomUUID gave no UUID')
  return { submissionId: id, attempt: 1, generation: 0, rank: 1, ...overrides }
}
