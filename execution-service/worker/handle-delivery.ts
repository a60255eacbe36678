import type { RunReport, Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Delivery } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { SandboxGate } from '../sandbox-gate/sandbox-gate.ts'
import type { Timing } from '../timing/timing.ts'
import { completionData } from './attempt-events.ts'
import { type AttemptRecorder, createAttemptRecorder } from './attempt-recorder.ts'
import { type Claim, type ClaimDependencies, claimSubmission } from './claim-submission.ts'
import { giveUp } from './give-up.ts'
import { runCases } from './run-cases.ts'
import { runRequest } from './run-request.ts'
import type { RunWatch } from './run-watch.ts'
import type { RunInProgress, RunsInProgress } from './runs-in-progress.ts'

export type WorkerDependencies = ClaimDependencies &
  Readonly<{
    sandbox: Pick<Sandbox, 'image' | 'preferredImage' | 'run' | 'runCases'>
    gate: SandboxGate
    runs: RunsInProgress
    watch: RunWatch
    timing: Pick<Timing, 'budgetGraceMs' | 'flushMs' | 'gateMs'>
    /** True once the service has been told to stop: what is aborted then is aborted by the shutdown. */
    isStopping: () => boolean
  }>

/** Claims, runs and records. Whatever goes wrong, the log is told or the sweeper will find out. */
export const handleDelivery =
  (dependencies: WorkerDependencies) =>
  async (delivery: Delivery): Promise<void> => {
    const { gate, timing, isStopping } = dependencies
    if (gate.problem() !== null)
      await gate.opened(AbortSignal.any([delivery.signal, AbortSignal.timeout(timing.gateMs)]))
    if (delivery.signal.aborted || isStopping() || gate.problem() !== null) return
    const claim = await claimSubmission(dependencies)(delivery)
    if (claim !== null) await runClaimed(dependencies, delivery, claim)
  }

const runClaimed = async (dependencies: WorkerDependencies, delivery: Delivery, claim: Claim): Promise<void> => {
  const { runs, watch, isStopping } = dependencies
  const { job, signal } = delivery
  const run = runs.begin(job.submissionId, claim.attempt)
  const onAbort = () => run.interrupt(isStopping() ? 'shutdown' : 'lock_lost')
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  const endWatch = watch.begin(job.submissionId, () => lookAt(claim, run))
  try {
    await runAndRecord(dependencies, delivery, claim, run)
  } finally {
    endWatch()
    signal.removeEventListener('abort', onAbort)
    runs.end(job.submissionId, run)
  }
}

const lookAt = async ({ attempt, journal }: Claim, run: RunInProgress): Promise<void> => {
  const answer = await journal.refresh(run.signal)
  if (E.isLeft(answer)) return
  const state = answer.right
  if (state.status !== 'running' || state.running.attempt !== attempt) run.interrupt('refused')
  else if (state.cancellation !== null) run.interrupt('cancelled')
}

type Ended = Parameters<AttemptRecorder['complete']>

const ended =
  (attempt: number) =>
  (report: RunReport): Ended =>
    report.files === undefined ? [completionData(attempt, report)] : [completionData(attempt, report), report.files]

const judged = (data: Ended[0]): Ended => [data]

const runAndRecord = async (
  dependencies: WorkerDependencies,
  { job, signal, yieldPlace }: Delivery,
  { attempt, budgetMs, image, journal }: Claim,
  run: RunInProgress,
): Promise<void> => {
  const { sandbox, timing, logger } = dependencies
  const { submissionId } = job
  const recorder = createAttemptRecorder({
    attempt,
    append: command => journal.append(command, signal),
    flushMs: timing.flushMs,
    onRefused: cause => {
      logger.warn({ submissionId, attempt, cause }, 'The log does not take what an attempt says; it is dropped')
      run.interrupt('refused')
    },
  })
  const request = runRequest(journal.received, {
    image,
    owner: { submission: submissionId, attempt, budgetMs },
    tenant: journal.tenant,
  })
  const plan = journal.received.tests
  const result =
    plan === undefined
      ? E.map(ended(attempt))(await sandbox.run(request, recorder.listener, run.signal)())
      : E.map(judged)(await runCases({ sandbox, recorder, attempt, request, plan }, run.signal))
  yieldPlace()
  if (E.isRight(result)) return recorder.complete(...result.right)
  await recorder.discard()
  await giveUp(dependencies, { attempt, journal, run, signal }, result.left)
}
