import type { Limits } from '../types/limits.ts'
import type { Outcome } from '../types/outcome.ts'

export type Running = Readonly<{ attempt: number; workerId: string; incarnation: string; budgetMs: number }>

type Accepted = Readonly<{ language: string; limits: Limits; compileLimits: Limits; attempts: number }>

/**
 * What the decider needs to know of one submission. `attempts` counts every attempt ever started.
 * `compiled` and `written` guard the order of a running attempt's events: bytes recorded so far per stream.
 */
export type SubmissionState =
  | Readonly<{ status: 'unknown' }>
  | (Accepted & Readonly<{ status: 'waiting'; cancellation: Cancellation | null; lastCause: string | null }>)
  | (Accepted &
      Readonly<{
        status: 'running'
        running: Running
        compiled: boolean
        written: Readonly<{ stdout: number; stderr: number }>
        cancellation: Cancellation | null
      }>)
  | Readonly<{ status: 'completed'; attempt: number; outcome: Outcome }>
  | Readonly<{ status: 'failed'; attempts: number }>
  | Readonly<{ status: 'cancelled' }>

export type Cancellation = Readonly<{ who: string; why: string }>

export const initialSubmission: SubmissionState = { status: 'unknown' }
