import { type ReplayImage, replayImage } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import { type Problem, sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { type SubmissionId, submissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { Request, RequestHandler } from 'express'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Dependencies } from '../../dependencies.ts'
import type { Executed } from '../../execute.ts'
import { anonymous } from '../../http/caller.ts'
import { commitMetaOf } from '../../http/commit-meta-of.ts'
import { eventLogProblem } from '../../http/event-log-problem.ts'
import { submissionNotFound } from '../../http/problems.ts'
import { answerStored } from '../submit/answer-stored.ts'
import { identify } from '../submit/read-submission.ts'
import { storeSubmission } from '../submit/store-submission.ts'
import { checkStillOffered } from './check-still-offered.ts'
import { type ReplayRefusal, replayOf } from './replay-of.ts'

const readBody = strictly(t.exact(t.partial({ image: replayImage }), 'a JSON object'))

/**
 * `POST /api/submissions/:id/replay`: the same files, input, arguments and limits once more, as a submission of its own.
 * Which image it runs on is known, and recorded, when a worker claims it.
 */
export const replay = (dependencies: Dependencies): RequestHandler => {
  const take = takeReplay(dependencies)
  return async (request, response) => {
    const id = submissionId.decode(request.params['id'])
    const body = readBody(request.body)
    if (E.isLeft(id)) return sendProblem(response, submissionNotFound)
    if (E.isLeft(body)) return sendProblem(response, unprocessable(body.left))
    const taken = await take(request, { original: id.right, image: body.right.image ?? 'original' })
    if (E.isLeft(taken)) return sendProblem(response, taken.left)
    const { codeSubmissionId, stored } = taken.right
    answerStored(response, { codeSubmissionId, replayOf: id.right }, stored)
  }
}

const notEnded = (phase: 'waiting' | 'running'): Problem => ({
  status: 409,
  error: `The submission is still ${phase}: it can be replayed when it has ended`,
})

const erased: Problem = { status: 410, error: 'The submission was erased: there is nothing left to run again' }

const problemOf = (refusal: ReplayRefusal): Problem => {
  if (refusal._tag === 'NotEnded') return notEnded(refusal.phase)
  return refusal._tag === 'Erased' ? erased : submissionNotFound
}

type Asked = Readonly<{ original: SubmissionId; image: ReplayImage }>

type Taken = Readonly<{ codeSubmissionId: SubmissionId; stored: Executed }>

const takeReplay = (dependencies: Dependencies) => {
  const store = storeSubmission(dependencies)
  return async (request: Request, asked: Asked): Promise<E.Either<Problem, Taken>> => {
    const identity = identify(dependencies, { body: asked, key: request.get('idempotency-key') })
    if (E.isLeft(identity)) return identity
    const source = await readSource(dependencies, asked)
    if (E.isLeft(source)) return source
    const { data, causationId, correlationId } = source.right
    const meta = { ...commitMetaOf(request, { ...identity.right, caller: anonymous }), causationId, correlationId }
    const stored = await store({ identity: identity.right, data }, meta)
    return E.isLeft(stored) ? stored : E.right({ codeSubmissionId: identity.right.submissionId, stored: stored.right })
  }
}

const readSource = async (dependencies: Dependencies, { original, image }: Asked) => {
  const history = await dependencies.log.readStream(submissionStream(original), 1)()
  if (E.isLeft(history)) return E.left(eventLogProblem(history.left))
  const source = replayOf({ image, submissionId: original, tenant: anonymous.tenant, history: history.right })
  if (E.isLeft(source)) return E.left(problemOf(source.left))
  const problem = checkStillOffered(dependencies, source.right.data)
  return problem === null ? source : E.left(problem)
}
