import type { SandboxFault } from '@runledger/sandbox/sandbox.ts'
import type { AbandonReason } from '@runledger/shared-kernel/domain-events/execution-abandoned.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { SubmissionJournal } from '../journal/submission-journal.ts'
import type { SandboxGate } from '../sandbox-gate/sandbox-gate.ts'
import type { RunInProgress } from './runs-in-progress.ts'

/** A sandbox that is well and still never available to one submission must not hold it for ever. */
const blamelessAttempts = 20
const detailLength = 500

type Dependencies = Readonly<{ gate: SandboxGate; maxAttempts: number; logger: Logger }>

type Attempt = Readonly<{ attempt: number; journal: SubmissionJournal; run: RunInProgress; signal: AbortSignal }>

/** Abandons an attempt that came to no outcome: for what interrupted it, else for what the sandbox says. */
export const giveUp = async (
  { gate, maxAttempts, logger }: Dependencies,
  { attempt, journal, run, signal }: Attempt,
  fault: SandboxFault,
): Promise<void> => {
  const interruption = run.interruption()
  if (interruption === 'refused') return
  if (interruption === null && fault.kind === 'unavailable') gate.shut(fault.message)
  const why = interruption ?? reasonOf(fault, journal.state())
  const detail = fault.message.slice(0, detailLength).toWellFormed()
  const answer = await journal.append({ _tag: 'AbandonAttempt', attempt, why, detail, maxAttempts }, signal)
  if (E.isLeft(answer)) logger.warn({ fault: answer.left }, 'An attempt could not be recorded as abandoned')
}

const reasonOf = (fault: SandboxFault, state: SubmissionState): AbandonReason => {
  if (fault.kind !== 'unavailable' || state.status !== 'running') return 'sandbox_fault'
  return state.attempts - state.faults <= blamelessAttempts ? 'sandbox_unavailable' : 'sandbox_fault'
}
