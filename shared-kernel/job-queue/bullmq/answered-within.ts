import * as E from 'fp-ts/lib/Either.js'
import type { QueueUnavailable } from '../job-queue.ts'

export const queueUnavailable = (message: string): QueueUnavailable => ({ _tag: 'QueueUnavailable', message })

/** Left where the answer is a rejection or does not come within `ms`; what comes later is of no interest then. */
export const answeredWithin = async <A>(ms: number, answer: Promise<A>): Promise<E.Either<QueueUnavailable, A>> => {
  const { promise: tooLate, resolve } = Promise.withResolvers<E.Either<QueueUnavailable, A>>()
  const timer = setTimeout(() => resolve(E.left(queueUnavailable(`Redis gave no answer within ${ms} ms`))), ms)
  const told = answer.then(E.right, (error: unknown) => E.left(queueUnavailable(String(error))))
  try {
    return await Promise.race([told, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
