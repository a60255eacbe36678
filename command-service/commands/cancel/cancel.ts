import type { EventLogFault, Refused } from '@runledger/shared-kernel/event-log/event-log.ts'
import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { type Problem, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import type { SubmissionRefusal } from '@runledger/shared-kernel/submission/submission-command.ts'
import { type CommandId, submissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { RequestHandler, Response } from 'express'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'
import { type Executed, execute } from '../../execute.ts'
import { anonymous } from '../../http/caller.ts'
import { commitMetaOf } from '../../http/commit-meta-of.ts'
import { eventLogProblem } from '../../http/event-log-problem.ts'
import { submissionNotFound } from '../../http/problems.ts'
import { readReason } from '../../http/read-reason.ts'

/** `POST /api/submissions/:id/cancel`: 200 where it is cancelled now, 202 where a running attempt has yet to be stopped. */
export const cancel =
  (dependencies: Dependencies): RequestHandler =>
  async (request, response) => {
    const id = submissionId.decode(request.params['id'])
    const body = readReason(request.body)
    if (E.isLeft(id)) return sendProblem(response, submissionNotFound)
    if (E.isLeft(body)) return sendProblem(response, unprocessable(body.left))
    const commandId = dependencies.newId() as CommandId
    const meta = commitMetaOf(request, { caller: anonymous, submissionId: id.right, commandId })
    const command = { _tag: 'RequestCancellation', who: anonymous.actor, why: body.right.why ?? '' } as const
    const cancelled = await execute(dependencies, { submissionId: id.right, commandId, meta, command })()
    if (E.isLeft(cancelled)) return sendProblem(response, problemOf(cancelled.left))
    answer(response, id.right, cancelled.right)
  }

const problemOf = (fault: EventLogFault | Refused<SubmissionRefusal>): Problem => {
  if (fault._tag === 'EventLogFault') return eventLogProblem(fault)
  return fault.refusal._tag === 'AlreadyEnded'
    ? { status: 409, error: `The submission is already ${fault.refusal.status}` }
    : submissionNotFound
}

const answer = (response: Response, codeSubmissionId: string, { fold, position }: Executed): void => {
  const isCancelled = fold.state.status === 'cancelled'
  if (position !== null) response.set('X-Position', positionToken(position))
  response.status(isCancelled ? 200 : 202).json({
    message: isCancelled ? 'Code submission cancelled' : 'Cancellation requested',
    codeSubmissionId,
    status: isCancelled ? 'cancelled' : 'pending',
  })
}
