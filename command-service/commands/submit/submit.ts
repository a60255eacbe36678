import { sendProblem } from '@runledger/shared-kernel/http/problem.ts'
import type { RequestHandler } from 'express'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'
import { answerStored } from './answer-stored.ts'
import { takeSubmission } from './take-submission.ts'

/** `POST /api/submit`: decode, decide, append, answer. */
export const submit = (dependencies: Dependencies): RequestHandler => {
  const take = takeSubmission(dependencies)
  return async (request, response) => {
    const taken = await take(request, { body: request.body, key: request.get('idempotency-key') })
    if (E.isLeft(taken)) return sendProblem(response, taken.left)
    const { submissionId, stored } = taken.right
    answerStored(response, { codeSubmissionId: submissionId }, stored)
  }
}
