import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { Decision } from './decision.ts'
import { openSubmission } from './open-submission.ts'
import type { RequestCancellation } from './submission-command.ts'
import type { RunningSubmission, WaitingSubmission } from './submission-state.ts'

export const requestCancellation = (command: RequestCancellation): Decision =>
  flow(
    openSubmission,
    E.map(state => cancelling(command, state)),
  )

const cancelling = (
  { who, why }: RequestCancellation,
  state: WaitingSubmission | RunningSubmission,
): ReadonlyArray<DomainEvent> => {
  const requested: ReadonlyArray<DomainEvent> =
    state.cancellation === null ? [{ type: 'CancellationRequested', schema: 1, data: { who, why } }] : []
  return state.status === 'waiting'
    ? [...requested, { type: 'SubmissionCancelled', schema: 1, data: state.cancellation ?? { who, why } }]
    : requested
}
