import type { Fault } from '../fault.ts'
import { killExecutors } from './executor-killed.ts'

const tenMinutes = 600_000

// Killed workers are what clocks are asked about: who takes over, and when.
const clockShifted = (name: string, clockShiftsMs: ReadonlyArray<number>): Fault => ({
  name,
  cluster: { clockShiftsMs },
  strike: scene => killExecutors(scene, 2),
})

export const clockAhead = clockShifted("one worker's clock 10 minutes ahead, both killed", [tenMinutes, 0])
export const clockBehind = clockShifted("one worker's clock 10 minutes behind, both killed", [-tenMinutes, 0])
