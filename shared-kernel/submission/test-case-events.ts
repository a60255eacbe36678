import * as E from 'fp-ts/lib/Either.js'
import type { TestCaseCompleted } from '../domain-events/test-case-completed.ts'
import type { RecordTestCases, SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission } from './submission-state.ts'

/** The cases as events, the first behind the last one that is recorded. */
export const testCaseEvents = (
  { running, tested }: RunningSubmission,
  cases: RecordTestCases['cases'],
): E.Either<SubmissionRefusal, ReadonlyArray<TestCaseCompleted>> => {
  const misplaced = cases.find(({ index }, place) => index !== tested + place)
  if (misplaced !== undefined)
    return E.left({ _tag: 'OutOfOrder', what: `test case ${misplaced.index} where ${tested} are recorded` })
  return E.right(
    cases.map(data => ({ type: 'TestCaseCompleted', schema: 1, data: { attempt: running.attempt, ...data } })),
  )
}
