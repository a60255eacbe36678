import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import { abandoned } from './abandoned.ts'
import { afterAttempt } from './after-attempt.ts'
import type { Decision } from './decision.ts'
import { openSubmission } from './open-submission.ts'
import type { ClaimAttempt, SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission, WaitingSubmission } from './submission-state.ts'

type Claimed = E.Either<SubmissionRefusal, ReadonlyArray<DomainEvent>>

export const claimAttempt = (command: ClaimAttempt): Decision =>
  flow(
    openSubmission,
    E.flatMap(open => (open.status === 'waiting' ? E.right([nextAttempt(command, open)]) : takingOver(command, open))),
  )

const nextAttempt = ({ worker, maxAttempts }: ClaimAttempt, state: WaitingSubmission): DomainEvent =>
  afterAttempt(state, maxAttempts) ?? {
    type: 'ExecutionStarted',
    schema: 1,
    data: { attempt: state.attempts + 1, ...worker },
  }

const takingOver = (command: ClaimAttempt, state: RunningSubmission): Claimed => {
  const { supersede } = command
  const current = state.running.attempt
  if (supersede === null) return E.left({ _tag: 'AlreadyRunning', attempt: current })
  if (supersede.attempt !== current) return E.left({ _tag: 'StaleAttempt', attempt: supersede.attempt, current })
  const event: ExecutionAbandoned = { type: 'ExecutionAbandoned', schema: 1, data: supersede }
  return E.right([event, nextAttempt(command, abandoned(state, event))])
}
