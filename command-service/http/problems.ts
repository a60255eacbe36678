import type { Problem } from '@runledger/shared-kernel/http/problem.ts'

export const submissionNotFound: Problem = { status: 404, error: 'Code submission not found' }
