import { join } from 'node:path'

/** What makes a process's wall clock be so far ahead; behind where negative. */
export const shiftedClock = (ms: number) => ({
  argv: ms === 0 ? [] : ['--import', join(import.meta.dirname, 'shifted-clock.mjs')],
  env: { CLOCK_SHIFT_MS: String(ms) },
})
