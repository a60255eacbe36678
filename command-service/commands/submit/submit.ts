import type { EventLogFault, Refused } from '@runledger/shared-kernel/event-log/event-log.ts'
import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { type Problem, sendProblem } from '@runledger/shared-kernel/http/problem.ts'
import type { SubmissionRefusal } from '@runledger/shared-kernel/submission/submission-command.ts'
import type { RequestHandler, Response } from 'express'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'
import { type Executed, execute } from '../../execute.ts'
import { anonymous } from '../../http/caller.ts'
import { commitMetaOf } from '../../http/commit-meta-of.ts'
import { eventLogProblem } from '../../http/event-log-problem.ts'
import { enqueueFirstAttempt } from './enqueue-first-attempt.ts'
import { keyReused } from './identify.ts'
import { readSubmission } from './read-submission.ts'

/** `POST /api/submit`: decode, decide, append, answer. The append is the commit point; queueing afterwards is a courtesy. */
export const submit = (dependencies: Dependencies): RequestHandler => {
  const read = readSubmission(dependencies)
  return async (request, response) => {
    const submission = read(request)
    if (E.isLeft(submission)) return sendProblem(response, submission.left)
    const { identity, data } = submission.right
    const meta = commitMetaOf(request, { ...identity, caller: anonymous })
    const stored = await execute(dependencies, { ...identity, meta, command: { _tag: 'ReceiveSubmission', data } })()
    if (E.isLeft(stored)) return sendProblem(response, problemOf(dependencies, stored.left))
    if (stored.right.outcome === 'appended') enqueueFirstAttempt(dependencies, identity.submissionId)
    answer(response, identity.submissionId, stored.right)
  }
}

const problemOf = ({ logger }: Dependencies, fault: EventLogFault | Refused<SubmissionRefusal>): Problem => {
  if (fault._tag === 'Refused') return keyReused
  logger.error({ kind: fault.kind, reason: fault.message }, 'submission could not be stored')
  return eventLogProblem(fault)
}

/** A repeat is answered like the first time, and says so. */
const answer = (response: Response, codeSubmissionId: string, { outcome, position }: Executed): void => {
  const token = position === null ? null : positionToken(position)
  if (token !== null) response.set('X-Position', token)
  if (outcome === 'repeated') response.set('Idempotent-Replayed', 'true')
  response
    .status(201)
    .location(`/api/result/${codeSubmissionId}`)
    .json({ message: 'Code submission queued successfully', codeSubmissionId, positionToken: token })
}
