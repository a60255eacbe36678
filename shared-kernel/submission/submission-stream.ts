import type { SubmissionId } from '../types/ids.ts'

const prefix = 'submission-'

export const submissionStream = (id: SubmissionId): string => `${prefix}${id}`

export const submissionOfStream = (stream: string): SubmissionId | null =>
  stream.startsWith(prefix) ? (stream.slice(prefix.length) as SubmissionId) : null
