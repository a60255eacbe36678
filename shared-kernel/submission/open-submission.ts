import * as E from 'fp-ts/lib/Either.js'
import type { SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission, SubmissionState, WaitingSubmission } from './submission-state.ts'

/** The state of a submission that is known and has not ended. */
export const openSubmission = (
  state: SubmissionState,
): E.Either<SubmissionRefusal, WaitingSubmission | RunningSubmission> => {
  switch (state.status) {
    case 'unknown':
      return E.left({ _tag: 'UnknownSubmission' })
    case 'waiting':
    case 'running':
      return E.right(state)
    default:
      return E.left({ _tag: 'AlreadyEnded', status: state.status })
  }
}
