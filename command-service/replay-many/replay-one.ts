import { pause } from '@runledger/shared-kernel/timing/pause.ts'
import * as E from 'fp-ts/lib/Either.js'
import { type ComparedReplay, isCompared, replaysPage, resultStatus, taken } from './api-answers.ts'
import type { AskServer, Unanswered } from './ask-server.ts'

type Replaying = Readonly<{ ask: AskServer; image: 'original' | 'current'; signal: AbortSignal }>

const comparedWithinMs = 30_000
const lookMs = 100

/** Replays one submission, waits until that has ended, and answers how it compares. */
export const replayOne = async (
  { ask, image, signal }: Replaying,
  id: string,
): Promise<E.Either<Unanswered, ComparedReplay>> => {
  const path = `/api/submissions/${id}/replay`
  const replay = await ask({ method: 'POST', path, body: { image }, answer: taken })
  if (E.isLeft(replay)) return replay
  const { codeSubmissionId } = replay.right
  const ended = await untilEnded(ask, codeSubmissionId)
  return E.isLeft(ended) ? ended : untilCompared({ ask, signal }, id, codeSubmissionId)
}

const untilEnded = async (ask: AskServer, id: string): Promise<E.Either<Unanswered, void>> => {
  for (;;) {
    const result = await ask({ method: 'GET', path: `/api/result/${id}?wait=30`, answer: resultStatus })
    if (E.isLeft(result)) return result
    if (result.right.status !== 'pending') return E.right(undefined)
  }
}

// The list of replays is a projection of its own: it may be a moment behind the result.
const untilCompared = async (
  { ask, signal }: Pick<Replaying, 'ask' | 'signal'>,
  original: string,
  replay: string,
): Promise<E.Either<Unanswered, ComparedReplay>> => {
  const deadline = performance.now() + comparedWithinMs
  while (performance.now() < deadline && !signal.aborted) {
    const page = await ask({ method: 'GET', path: `/api/submissions/${original}/replays`, answer: replaysPage })
    if (E.isLeft(page)) return page
    const found = page.right.replays.filter(isCompared).find(({ submissionId }) => submissionId === replay)
    if (found !== undefined) return E.right(found)
    await pause(lookMs, signal)
  }
  return E.left(`replay ${replay} was not compared in time`)
}
