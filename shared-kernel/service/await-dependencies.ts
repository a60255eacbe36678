import { type Either, isLeft, isRight, left } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Part } from '../health/readiness.ts'
import { pause } from '../timing/pause.ts'

/** `isPassing`: it may be there later. Otherwise waiting is in vain and `message` says what to do. */
type NotOpened = Readonly<{ message: string; isPassing: boolean }>

export type Dependencies = Readonly<{
  /** Tries until it opens, with longer and longer pauses. Left: it never will, or the process is told to stop. */
  waitFor: <A>(part: string, open: TaskEither<NotOpened, A>) => TaskEither<string, A>
  /** What is waited for now, and why it was not there the last time. */
  waiting: () => ReadonlyArray<Part>
}>

const firstPauseMs = 250
const longestPauseMs = 5000

/** Waits for what a service needs and cannot begin without. */
export const awaitDependencies = (stopping: AbortSignal): Dependencies => {
  const problems = new Map<string, string>()

  const tryUntilOpen = async <A>(part: string, open: TaskEither<NotOpened, A>): Promise<Either<string, A>> => {
    for (let pauseMs = firstPauseMs; !stopping.aborted; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
      const opened = await open()
      if (isRight(opened)) return opened
      if (isLeft(opened) && !opened.left.isPassing) return left(`${part}: ${opened.left.message}`)
      problems.set(part, opened.left.message)
      await pause(pauseMs, stopping)
    }
    return left('stopped while starting')
  }

  return {
    waitFor: (part, open) => async () => {
      problems.set(part, 'is being opened')
      try {
        return await tryUntilOpen(part, open)
      } finally {
        problems.delete(part)
      }
    },
    waiting: () => [...problems].map(([part, problem]) => ({ part, problems: [problem] })),
  }
}
