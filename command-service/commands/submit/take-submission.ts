import type { Problem } from '@runledger/shared-kernel/http/problem.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { Request } from 'express'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'
import type { Executed } from '../../execute.ts'
import { anonymous } from '../../http/caller.ts'
import { commitMetaOf } from '../../http/commit-meta-of.ts'
import { type Asked, readSubmission } from './read-submission.ts'
import { storeSubmission } from './store-submission.ts'

type Taken = Readonly<{ submissionId: SubmissionId; stored: Executed }>

/** Takes one submission, sent by itself or in a batch: both are the same to the log. */
export const takeSubmission = (
  dependencies: Dependencies,
): ((request: Request, asked: Asked) => Promise<E.Either<Problem, Taken>>) => {
  const read = readSubmission(dependencies)
  const store = storeSubmission(dependencies)
  return async (request, asked) => {
    const submission = read(asked)
    if (E.isLeft(submission)) return submission
    const { identity } = submission.right
    const isLeftToDispatcher = asked.item !== undefined && asked.item > 0
    const meta = commitMetaOf(request, { ...identity, caller: anonymous })
    const stored = await store({ ...submission.right, isLeftToDispatcher }, meta)
    return E.isLeft(stored) ? stored : E.right({ submissionId: identity.submissionId, stored: stored.right })
  }
}
