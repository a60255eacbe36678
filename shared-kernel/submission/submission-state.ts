import type { ExecutionAbandoned } from '../domain-events/execution-abandoned.ts'
import type { Limits } from '../types/limits.ts'
import type { Outcome } from '../types/outcome.ts'
import type { CollectedSoFar } from './collected-so-far.ts'

type Running = Readonly<{ attempt: number; workerId: string; incarnation: string; budgetMs: number }>

/** Absent where a release that did not seal yet received the submission: its content is in the log for ever. */
type Sealing = Readonly<{ isSealed?: true }>

export const sealing = ({ isSealed }: Sealing): Sealing => (isSealed === true ? { isSealed } : {})

type Cancellation = Readonly<{ who: string; why: string }>

/**
 * `attempts` counts every attempt ever started, `faults` those given up for a fault of the infrastructure: what is
 * nobody's fault, a shutdown say, costs nothing of the attempt budget.
 */
type Accepted = Sealing &
  Readonly<{
    language: string
    limits: Limits
    compileLimits: Limits
    attempts: number
    faults: number
    cancellation: Cancellation | null
  }>

export type WaitingSubmission = Accepted &
  Readonly<{ status: 'waiting'; lastCause: Pick<ExecutionAbandoned['data'], 'why' | 'detail'> | null }>

/** `compiled`, `written` (bytes recorded so far per stream), `tested` (cases recorded so far) and `collected` (files) guard the order of the running attempt's events. */
export type RunningSubmission = Accepted &
  Readonly<{
    status: 'running'
    running: Running
    compiled: boolean
    written: Readonly<{ stdout: number; stderr: number }>
    tested: number
    collected: CollectedSoFar | null
  }>

type EndedSubmission = Sealing &
  Readonly<
    | { status: 'completed'; attempt: number; outcome: Outcome }
    | { status: 'failed'; attempts: number }
    | { status: 'cancelled' }
  >

/** What the decider needs to know of one submission. */
export type SubmissionState =
  | Readonly<{ status: 'unknown' | 'erased' }>
  | WaitingSubmission
  | RunningSubmission
  | EndedSubmission

/** Nothing runs any more, and what was stored of it is there. */
export const hasEnded = (state: SubmissionState): state is EndedSubmission =>
  state.status === 'completed' || state.status === 'failed' || state.status === 'cancelled'

export const initialSubmission: SubmissionState = { status: 'unknown' }
