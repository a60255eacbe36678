import { setTimeout as after } from 'node:timers/promises'

const firstMs = 2
const longestMs = 64

/** Waits at random up to twice as long each time: rivals that met once shall not meet again. */
export const fullJitterPause = (tries: number): Promise<void> =>
  after(Math.random() * Math.min(longestMs, firstMs * 2 ** tries))
