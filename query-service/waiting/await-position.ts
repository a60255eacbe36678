import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Enter } from './waiting-rooms.ts'

type Options = Readonly<{
  hasPassed: (position: Position) => boolean
  /** Finds out what `hasPassed` does not know yet of other processes. */
  refresh: () => Promise<void>
  /** Waiters are found by partition. */
  enter: Enter<number>
}>
type Patience = Readonly<{ waitMs: number; signal: AbortSignal }>

/** True as soon as the read model holds everything up to a position; false where that takes too long. */
export const awaitPosition =
  ({ hasPassed, refresh, enter }: Options) =>
  async (position: Position, { waitMs, signal }: Patience): Promise<boolean> => {
    const until = performance.now() + waitMs
    if (!hasPassed(position)) await refresh()
    while (!hasPassed(position)) {
      const left = until - performance.now()
      const waiting = left <= 0 || signal.aborted ? null : enter(position.p, left, signal)
      if (waiting === null || (await waiting.end) === 'over') return hasPassed(position)
    }
    return true
  }
