import { setTimeout as pause, setImmediate } from 'node:timers/promises'

const leastMs = 10
const mostMs = 24

/**
 * Waits for others to join: those of the same turn, and where the last group was one of several a little longer, since
 * then more are on their way: as long as that took, so that a server that is busy is asked less often. Who comes alone is
 * not held up.
 */
export const linger = async (lastGroup: number, lastMs: number): Promise<void> => {
  if (lastGroup > 1) await pause(Math.min(Math.max(leastMs, lastMs), mostMs))
  else await setImmediate()
}
