import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import type { DomainEvent } from '../../domain-events/domain-event.ts'
import { decide } from '../decide.ts'
import { evolve } from '../evolve.ts'
import type { SubmissionCommand, SubmissionRefusal } from '../submission-command.ts'
import { initialSubmission } from '../submission-state.ts'

/** Given what has happened, when this is commanded, then these events follow or it is refused. */
export const given = (...history: ReadonlyArray<DomainEvent>) => ({
  when: (command: SubmissionCommand) => {
    const result = decide(command)(history.reduce(evolve, initialSubmission))
    return {
      emits: (...events: ReadonlyArray<DomainEvent>) => expect(result).toStrictEqual(E.right(events)),
      refuses: (refusal: SubmissionRefusal) => expect(result).toStrictEqual(E.left(refusal)),
    }
  },
})
