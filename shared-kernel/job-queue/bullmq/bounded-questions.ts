import * as E from 'fp-ts/lib/Either.js'
import type { QueueUnavailable } from '../job-queue.ts'

export const queueUnavailable = (message: string): QueueUnavailable => ({ _tag: 'QueueUnavailable', message })

/**
 * Asks and waits `ms` at most: Left where the answer is a rejection or late. While a late one is outstanding nothing more
 * is asked: a server that has fallen silent costs the wait once, and what it is to do does not pile up.
 */
export const boundedQuestions = (ms: number) => {
  const late = E.left(queueUnavailable(`Redis gave no answer within ${ms} ms`))
  let outstanding = 0

  const answerOf = <A>(question: () => Promise<A>): Promise<E.Either<QueueUnavailable, A>> =>
    question().then(E.right, (error: unknown) => E.left(queueUnavailable(String(error))))

  return async <A>(question: () => Promise<A>): Promise<E.Either<QueueUnavailable, A>> => {
    if (outstanding > 0) return late
    const { promise: tooLate, resolve } = Promise.withResolvers<E.Either<QueueUnavailable, A>>()
    const answer = answerOf(question)
    const giveUp = (): void => {
      outstanding += 1
      void answer.then(() => {
        outstanding -= 1
      })
      resolve(late)
    }
    const timer = setTimeout(giveUp, ms)
    void answer.then(() => clearTimeout(timer))
    return Promise.race([answer, tooLate])
  }
}
