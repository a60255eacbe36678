import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { type Problem, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import type { SubmissionRefusal } from '@runledger/shared-kernel/submission/submission-command.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { type CommandId, type SubmissionId, submissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { RequestHandler } from 'express'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'
import { anonymous } from '../../http/caller.ts'
import { commitMetaOf } from '../../http/commit-meta-of.ts'
import { eventLogProblem } from '../../http/event-log-problem.ts'
import { submissionNotFound } from '../../http/problems.ts'
import { readReason } from '../../http/read-reason.ts'
import { type EraseFault, eraseSubmission } from './erase-submission.ts'

/**
 * `POST /api/submissions/:id/erase`: deletes what was sent and what was written, for ever, of a submission that has ended.
 * What happened, without what was said, stays on the record.
 */
export const erase =
  (dependencies: Dependencies): RequestHandler =>
  async (request, response) => {
    const id = submissionId.decode(request.params['id'])
    const body = readReason(request.body)
    if (E.isLeft(id)) return sendProblem(response, submissionNotFound)
    if (E.isLeft(body)) return sendProblem(response, unprocessable(body.left))
    const stranger = await ofAnother(dependencies, id.right)
    if (stranger !== null) return sendProblem(response, stranger)
    const commandId = dependencies.newId() as CommandId
    const meta = commitMetaOf(request, { caller: anonymous, submissionId: id.right, commandId })
    const order = { submissionId: id.right, commandId, meta, why: body.right.why ?? '' }
    const erased = await eraseSubmission(dependencies, order)()
    if (E.isLeft(erased)) return sendProblem(response, problemOf(erased.left))
    const { position } = erased.right
    if (position !== null) response.set('X-Position', positionToken(position))
    response.status(200).json({ message: 'Code submission erased', codeSubmissionId: id.right, erased: true })
  }

// Of another tenant's submission not even its existence is told.
const ofAnother = async ({ log }: Dependencies, id: SubmissionId): Promise<Problem | null> => {
  const history = await log.readStream(submissionStream(id), 1)()
  if (E.isLeft(history)) return eventLogProblem(history.left)
  return history.right[0]?.meta.tenant === anonymous.tenant ? null : submissionNotFound
}

const keyNotDeleted: Problem = {
  status: 503,
  error: 'The data key cannot be deleted now',
  detail: 'The erasure is on the record; ask again, or it is done by itself later.',
  headers: { 'Retry-After': '5' },
}

const refusal = (reason: SubmissionRefusal): Problem => {
  switch (reason._tag) {
    case 'NotEnded':
      return { status: 409, error: `The submission is still ${reason.phase}: it can be erased when it has ended` }
    case 'StoredInPlain':
      return { status: 409, error: 'The submission was stored before content was sealed: it cannot be erased' }
    default:
      return submissionNotFound
  }
}

const problemOf = (fault: EraseFault): Problem => {
  if (fault._tag === 'KeyStoreFault') return keyNotDeleted
  return fault._tag === 'EventLogFault' ? eventLogProblem(fault) : refusal(fault.refusal)
}
