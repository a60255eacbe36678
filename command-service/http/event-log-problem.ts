import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Problem } from '@runledger/shared-kernel/http/problem.ts'

const unavailable = (error: string, seconds: number): Problem => ({
  status: 503,
  error,
  detail: `${error}. Sent again under the same Idempotency-Key it is stored once.`,
  headers: { 'Retry-After': String(seconds) },
})

/** What a client is told of a log that did not append. */
export const eventLogProblem = ({ kind }: EventLogFault): Problem => {
  switch (kind) {
    case 'full':
      return unavailable('There is no room to store this', 30)
    case 'unreachable':
      return unavailable('The event log does not answer', 5)
    case 'contended':
      return unavailable('The event log is busy', 1)
    case 'too_large':
      return { status: 413, error: 'The submission is too large to be stored' }
    case 'corrupt':
      return { status: 500, error: 'Internal server error' }
  }
}
