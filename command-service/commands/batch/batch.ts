import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { problemBody, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import type { Request, RequestHandler } from 'express'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Dependencies } from '../../dependencies.ts'
import { listUpTo } from '../submit/list-up-to.ts'
import { takeSubmission } from '../submit/take-submission.ts'

const mostSubmissions = 100

// What an item may be is said of each by itself: one that cannot be meant does not refuse the others.
const submissions = listUpTo(mostSubmissions, t.unknown, `a list of 1 to ${mostSubmissions} submissions`)

const decodeBatch = strictly(t.strict({ submissions }, 'a JSON object'))

/**
 * `POST /api/submissions/batch`: each item as `POST /api/submit` would take it, all at once, answered in order. Under an
 * Idempotency-Key each item has a key of its own, made of that and its place.
 */
export const batch = (dependencies: Dependencies): RequestHandler => {
  const takeOne = answeringOne(dependencies)
  return async (request, response) => {
    const body = decodeBatch(request.body)
    if (E.isLeft(body)) return sendProblem(response, unprocessable(body.left))
    const items = body.right.submissions
    if (items.length === 0) return sendProblem(response, unprocessable([empty]))
    // One turn takes them all: the log writes what is appended together in one go.
    const answers = await Promise.all(items.map((item, index) => takeOne(request, item, index)))
    response.status(201).json({ submissions: answers })
  }
}

const empty = { field: 'submissions', message: 'must not be empty' }

const answeringOne = (dependencies: Dependencies) => {
  const take = takeSubmission(dependencies)
  return async (request: Request, body: unknown, item: number): Promise<Readonly<Record<string, unknown>>> => {
    const taken = await take(request, { body, key: request.get('idempotency-key'), item })
    if (E.isLeft(taken)) return problemBody(taken.left)
    const { submissionId, stored } = taken.right
    const token = stored.position === null ? null : positionToken(stored.position)
    return { codeSubmissionId: submissionId, positionToken: token }
  }
}
