import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'

const latelyMs = 1000

/** True where an id says by itself that it was made within the last second: a UUIDv7 begins with the time. */
export const madeLately = (submissionId: SubmissionId, now: Date): boolean => {
  const madeAt = Number.parseInt(submissionId.slice(0, 8) + submissionId.slice(9, 13), 16)
  return submissionId[14] === '7' && Math.abs(now.getTime() - madeAt) < latelyMs
}
