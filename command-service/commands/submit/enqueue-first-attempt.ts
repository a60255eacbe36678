import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'

/** The fast path: the dispatcher finds in the log whatever this misses, so a failure is logged and not answered. */
export const enqueueFirstAttempt = (
  { queue, logger }: Pick<Dependencies, 'queue' | 'logger'>,
  submissionId: SubmissionId,
): void => {
  const enqueued = queue.enqueue({ submissionId, attempt: 1, generation: 0, rank: 1 })()
  void enqueued.then(result => {
    if (E.isLeft(result))
      logger.warn({ submissionId, reason: result.left.message }, 'submission left to the dispatcher')
  })
}
