import type { CommitMeta } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLogFault, Refused } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Problem } from '@runledger/shared-kernel/http/problem.ts'
import type { SubmissionRefusal } from '@runledger/shared-kernel/submission/submission-command.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'
import { type Executed, execute } from '../../execute.ts'
import { eventLogProblem } from '../../http/event-log-problem.ts'
import { enqueueFirstAttempt } from './enqueue-first-attempt.ts'
import { keyReused } from './identify.ts'
import type { NewSubmission } from './read-submission.ts'

type Meta = Omit<CommitMeta, 'commandId'>

/** The commit point of every submission, however it was asked for. */
export const storeSubmission =
  (dependencies: Dependencies) =>
  async (
    { identity, data, isLeftToDispatcher = false }: NewSubmission,
    meta: Meta,
  ): Promise<E.Either<Problem, Executed>> => {
    const stored = await execute(dependencies, { ...identity, meta, command: { _tag: 'ReceiveSubmission', data } })()
    if (E.isLeft(stored)) return E.left(problemOf(dependencies, stored.left))
    const isQueuedHere = stored.right.outcome === 'appended' && !isLeftToDispatcher
    if (isQueuedHere) enqueueFirstAttempt(dependencies, identity.submissionId)
    return stored
  }

const problemOf = ({ logger }: Dependencies, fault: EventLogFault | Refused<SubmissionRefusal>): Problem => {
  if (fault._tag === 'Refused') return keyReused
  logger.error({ kind: fault.kind, reason: fault.message }, 'submission could not be stored')
  return eventLogProblem(fault)
}
