import type { Either } from 'fp-ts/lib/Either.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { SubmissionRefusal } from './submission-command.ts'
import type { SubmissionState } from './submission-state.ts'

/** What a command makes of a state: events to append (none: nothing to do), or why it is refused. */
export type Decision = (state: SubmissionState) => Either<SubmissionRefusal, ReadonlyArray<DomainEvent>>
