import type { DomainEvent } from '../domain-events/domain-event.ts'

/** True for the one event after which nothing is run any more. */
export const isTerminal = ({ type }: DomainEvent): boolean =>
  type === 'ExecutionCompleted' || type === 'ExecutionFailed' || type === 'SubmissionCancelled'
