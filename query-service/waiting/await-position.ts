import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Waiters } from './waiters.ts'

/** Waiters are found by partition. */
type Options = Readonly<{ hasPassed: (position: Position) => boolean; waiters: Waiters<number> }>
type Patience = Readonly<{ waitMs: number; signal: AbortSignal }>

/** True as soon as the read model holds everything up to a position; false where that takes too long. */
export const awaitPosition =
  ({ hasPassed, waiters }: Options) =>
  async (position: Position, { waitMs, signal }: Patience): Promise<boolean> => {
    const until = performance.now() + waitMs
    while (!hasPassed(position)) {
      const left = until - performance.now()
      const waiting = left <= 0 || signal.aborted ? null : waiters.enter(position.p, left, signal)
      if (waiting === null) return false
      await waiting.woken
    }
    return true
  }
