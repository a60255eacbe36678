import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import { abandoned } from './abandoned.ts'
import { afterAttempt } from './after-attempt.ts'
import type { Decision } from './decision.ts'
import { runningAttempt } from './running-attempt.ts'
import type { AbandonAttempt } from './submission-command.ts'
import type { RunningSubmission } from './submission-state.ts'

export const abandonAttempt = (command: AbandonAttempt): Decision =>
  flow(
    runningAttempt(command.attempt),
    E.map(state => givingUp(command, state)),
  )

const givingUp = (command: AbandonAttempt, state: RunningSubmission): ReadonlyArray<DomainEvent> => {
  const { attempt, why, detail, maxAttempts } = command
  const event: ExecutionAbandoned = { type: 'ExecutionAbandoned', schema: 1, data: { attempt, why, detail } }
  const end = afterAttempt(abandoned(state, event), maxAttempts)
  return end === null ? [event] : [event, end]
}
