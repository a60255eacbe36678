import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Delivery, Job, JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ClaimAttempt } from '@runledger/shared-kernel/submission/submission-command.ts'
import type { SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { WorkerIdentity } from '../execution-service-options.ts'
import { type JournalDependencies, openJournal, type SubmissionJournal } from '../journal/submission-journal.ts'
import type { Timing } from '../timing/timing.ts'

export type ClaimDependencies = JournalDependencies &
  Readonly<{
    sandbox: Pick<Sandbox, 'image'>
    queue: Pick<JobQueue, 'state'>
    worker: WorkerIdentity
    maxAttempts: number
    timing: Pick<Timing, 'budgetGraceMs'>
    logger: Logger
  }>

/** An attempt that is this process's alone: it wrote the ExecutionStarted. */
export type Claim = Readonly<{ attempt: number; budgetMs: number; journal: SubmissionJournal }>

/** Null where there is nothing to run: ended, run by another, not this job's turn, or its language has no image now. */
export const claimSubmission =
  (dependencies: ClaimDependencies) =>
  async ({ job, redelivered, signal }: Delivery): Promise<Claim | null> => {
    const { logger } = dependencies
    const journal = await openJournal(dependencies)(job.submissionId, signal)
    if (E.isLeft(journal)) {
      logger.error({ submissionId: job.submissionId, fault: journal.left }, 'A submission cannot be read')
      return null
    }
    if (journal.right === null) return null
    const isDue = await isItsTurn(dependencies, journal.right.state(), job, redelivered)
    return isDue ? claim(dependencies, job, journal.right, signal) : null
  }

const isItsTurn = async (
  { queue }: Pick<ClaimDependencies, 'queue'>,
  state: SubmissionState,
  job: Job,
  redelivered: boolean,
): Promise<boolean> => {
  if (state.status === 'waiting') return job.attempt === state.attempts + 1
  if (state.status !== 'running' || !redelivered) return false
  const { attempt } = state.running
  return attempt === job.attempt || (attempt > job.attempt && (await hasNoJobOfItsOwn(queue, { ...job, attempt })))
}

// Then an earlier redelivery of this very job began it, and has died as well.
const hasNoJobOfItsOwn = async (queue: Pick<JobQueue, 'state'>, job: Job): Promise<boolean> =>
  E.exists(state => state === 'absent')(await queue.state({ ...job, generation: 0 })())

const claim = async (
  dependencies: ClaimDependencies,
  job: Job,
  journal: SubmissionJournal,
  signal: AbortSignal,
): Promise<Claim | null> => {
  const command = claimCommand(dependencies, journal)
  if (command === null) return null
  const claimed = await journal.append(command, signal)
  if (E.isLeft(claimed)) {
    dependencies.logger.info({ submissionId: job.submissionId, fault: claimed.left }, 'A claim was not granted')
    return null
  }
  const state = claimed.right
  return state.status === 'running' && state.running.incarnation === dependencies.worker.incarnation
    ? { attempt: state.running.attempt, budgetMs: state.running.budgetMs, journal }
    : null
}

const claimCommand = (dependencies: ClaimDependencies, journal: SubmissionJournal): ClaimAttempt | null => {
  const { sandbox, worker, maxAttempts, timing } = dependencies
  const { language, limits, compileLimits } = journal.received
  const image = sandbox.image(language)
  if (image === null) return null
  const state = journal.state()
  const attempt = state.status === 'running' ? state.running.attempt : null
  return {
    _tag: 'ClaimAttempt',
    worker: {
      workerId: worker.id,
      incarnation: worker.incarnation,
      budgetMs: compileLimits.wallTimeMs + limits.wallTimeMs + timing.budgetGraceMs,
      languageVersion: image.version,
      imageDigest: image.digest,
    },
    supersede: attempt === null ? null : { attempt, why: 'worker_lost', detail: 'its job was delivered again' },
    maxAttempts,
  }
}
