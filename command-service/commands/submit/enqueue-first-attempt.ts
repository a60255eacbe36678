import type { Job } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Dependencies } from '../../dependencies.ts'

/**
 * The fast path, for a queue in which nothing waits. Where something does, the order matters, and the dispatcher alone
 * knows the submission's place among its tenant's. It finds in the log whatever this leaves or misses, so a failure is
 * logged and not answered.
 */
export const enqueueFirstAttempt = (
  { queue, logger }: Pick<Dependencies, 'queue' | 'logger'>,
  submissionId: SubmissionId,
): void => {
  const job: Job = { submissionId, attempt: 1, generation: 0, rank: 1 }
  const enqueued = pipe(
    queue.counts(),
    TE.chain(({ waiting }) => (waiting === 0 ? queue.enqueue(job) : TE.right(undefined))),
  )()
  void enqueued.then(result => {
    if (E.isLeft(result))
      logger.warn({ submissionId, reason: result.left.message }, 'submission left to the dispatcher')
  })
}
