import type { Problem } from '@runledger/shared-kernel/http/problem.ts'

/** Also for ids that are none: whoever guesses learns nothing. */
export const submissionNotFound: Problem = { status: 404, error: 'Code submission not found' }

/** 503: it may be answered a second from now. */
export const unavailableNow = (error: string): Problem => ({ status: 503, error, headers: { 'Retry-After': '1' } })
