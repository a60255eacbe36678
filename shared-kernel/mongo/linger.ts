import { setTimeout as pause, setImmediate } from 'node:timers/promises'

const lingerMs = 4

/**
 * Waits for others to join: those of the same turn, and where the last group was one of several a little longer, since
 * then more are on their way. Who comes alone is not held up.
 */
export const linger = async (lastGroup: number): Promise<void> => {
  if (lastGroup > 1) await pause(lingerMs)
  else await setImmediate()
}
