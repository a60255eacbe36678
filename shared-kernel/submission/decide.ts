import { abandonAttempt } from './abandon-attempt.ts'
import { claimAttempt } from './claim-attempt.ts'
import { completeAttempt } from './complete-attempt.ts'
import type { Decision } from './decision.ts'
import { eraseSubmission } from './erase-submission.ts'
import { receiveSubmission } from './receive-submission.ts'
import { recordCompilation } from './record-compilation.ts'
import { recordOutput } from './record-output.ts'
import { recordOutputFiles } from './record-output-files.ts'
import { recordTestCases } from './record-test-cases.ts'
import { requestCancellation } from './request-cancellation.ts'
import type { SubmissionCommand } from './submission-command.ts'

/** Pure and total: at most one terminal event for ever, and no event of a stale attempt. */
export const decide = (command: SubmissionCommand): Decision => {
  switch (command._tag) {
    case 'ReceiveSubmission':
      return receiveSubmission(command)
    case 'ClaimAttempt':
      return claimAttempt(command)
    case 'RecordCompilation':
      return recordCompilation(command)
    case 'RecordOutput':
      return recordOutput(command)
    case 'RecordTestCases':
      return recordTestCases(command)
    case 'RecordOutputFiles':
      return recordOutputFiles(command)
    case 'CompleteAttempt':
      return completeAttempt(command)
    case 'AbandonAttempt':
      return abandonAttempt(command)
    case 'RequestCancellation':
      return requestCancellation(command)
    case 'EraseSubmission':
      return eraseSubmission(command)
  }
}
