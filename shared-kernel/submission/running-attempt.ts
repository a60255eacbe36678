import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { openSubmission } from './open-submission.ts'
import type { SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission, SubmissionState } from './submission-state.ts'

type Running = E.Either<SubmissionRefusal, RunningSubmission>

/** The state in which this very attempt runs: events of any other attempt are stale. */
export const runningAttempt =
  (attempt: number) =>
  (state: SubmissionState): Running =>
    pipe(
      openSubmission(state),
      E.flatMap((open): Running => {
        const current = open.status === 'running' ? open.running.attempt : null
        return open.status === 'running' && current === attempt
          ? E.right(open)
          : E.left({ _tag: 'StaleAttempt', attempt, current })
      }),
    )
