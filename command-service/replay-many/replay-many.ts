import type { Either } from 'fp-ts/lib/Either.js'
import type { ComparedReplay } from './api-answers.ts'
import type { Unanswered } from './ask-server.ts'

/** What became of the replay of one submission. */
export type Replayed = Readonly<{ id: string; compared: Either<Unanswered, ComparedReplay> }>

type Round = Readonly<{
  replay: (id: string) => Promise<Replayed['compared']>
  concurrency: number
  /** Begins no more; what has not come back by then is left to the server. */
  signal: AbortSignal
  onReplayed: () => void
}>

/** Replays at most `concurrency` at a time, and answers those that came back before the signal, in the order of the ids. */
export const replayMany = async (
  ids: ReadonlyArray<string>,
  { replay, concurrency, signal, onReplayed }: Round,
): Promise<ReadonlyArray<Replayed>> => {
  const replayed = new Map<string, Replayed>()
  const left = ids.values()
  const takeTurns = async (): Promise<void> => {
    for (const id of left) {
      if (signal.aborted) return
      const compared = await replay(id)
      if (signal.aborted) return
      replayed.set(id, { id, compared })
      onReplayed()
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, ids.length) }, takeTurns))
  return ids.flatMap(id => replayed.get(id) ?? [])
}
