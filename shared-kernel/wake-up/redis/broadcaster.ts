import { setTimeout as pause, setImmediate } from 'node:timers/promises'
import type { Position } from '../../event-log/commit.ts'

type Needs = Readonly<{
  send: (positions: ReadonlyArray<Position>) => Promise<void>
  isReachable: () => boolean
  onFault: (error: unknown) => void
  /** Pause after a message, so that what is announced meanwhile goes as one; a first one goes at once. */
  paceMs: number
  /** The same after a message of several positions, since then more are on their way. */
  busyPaceMs: number
}>

/**
 * Sends what was announced since the last message as one message: at most one per turn and one under way, and of each
 * partition the last position only. What cannot be sent is forgotten: it is a hint.
 */
export const createBroadcaster = ({
  send,
  isReachable,
  onFault,
  paceMs,
  busyPaceMs,
}: Needs): ((position: Position) => void) => {
  const pending = new Map<number, number>()
  let sending = false

  const takePending = (): ReadonlyArray<Position> => {
    const positions = [...pending].map(([p, n]) => ({ p, n }))
    pending.clear()
    return positions
  }

  const sendAll = async (): Promise<void> => {
    while (pending.size > 0) {
      await setImmediate()
      const positions = takePending()
      if (isReachable()) await send(positions).catch(onFault)
      await pause(positions.length > 1 ? busyPaceMs : paceMs)
    }
    sending = false
  }

  return ({ p, n }) => {
    pending.set(p, Math.max(n, pending.get(p) ?? 0))
    if (sending) return
    sending = true
    void sendAll()
  }
}
