import type { LanguageImage, Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { Delivery, Job, JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ClaimAttempt } from '@runledger/shared-kernel/submission/submission-command.ts'
import type { SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { WorkerIdentity } from '../execution-service-options.ts'
import { type JournalDependencies, openJournal, type SubmissionJournal } from '../journal/submission-journal.ts'
import type { Timing } from '../timing/timing.ts'
import { imageOfReplayed } from './image-of-replayed.ts'
import { runBudgetMs } from './run-budget.ts'

export type ClaimDependencies = JournalDependencies &
  Readonly<{
    sandbox: Pick<Sandbox, 'image' | 'preferredImage'>
    queue: Pick<JobQueue, 'state'>
    worker: WorkerIdentity
    maxAttempts: number
    timing: Pick<Timing, 'budgetGraceMs'>
    logger: Logger
  }>

/** An attempt that is this process's alone: it wrote the ExecutionStarted. `image` is the digest it says. */
export type Claim = Readonly<{ attempt: number; budgetMs: number; image: string; journal: SubmissionJournal }>

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
  const image = await imageFor(dependencies, journal.received, signal)
  if (image === null) return null
  const command = claimCommand(dependencies, journal, image)
  const claimed = await journal.append(command, signal)
  if (E.isLeft(claimed)) {
    dependencies.logger.info({ submissionId: job.submissionId, fault: claimed.left }, 'A claim was not granted')
    return null
  }
  const state = claimed.right
  return state.status === 'running' && state.running.incarnation === dependencies.worker.incarnation
    ? { attempt: state.running.attempt, budgetMs: state.running.budgetMs, image: image.digest, journal }
    : null
}

// A replay runs on the image that the replayed ran on, as long as this worker has it, unless the current one is asked for.
const imageFor = async (
  dependencies: ClaimDependencies,
  { language, replayOf, replayImage }: SubmissionReceived['data'],
  signal: AbortSignal,
): Promise<LanguageImage | null> => {
  const { sandbox } = dependencies
  const isCurrentWanted = replayOf === null || replayImage === 'current'
  const original = isCurrentWanted ? null : await imageOfReplayed(dependencies, replayOf, signal)
  return original === null ? sandbox.image(language) : sandbox.preferredImage(language, original)
}

const claimCommand = (
  dependencies: ClaimDependencies,
  journal: SubmissionJournal,
  image: LanguageImage,
): ClaimAttempt => {
  const { worker, maxAttempts, timing } = dependencies
  const state = journal.state()
  const attempt = state.status === 'running' ? state.running.attempt : null
  return {
    _tag: 'ClaimAttempt',
    worker: {
      workerId: worker.id,
      incarnation: worker.incarnation,
      budgetMs: runBudgetMs(journal.received) + timing.budgetGraceMs,
      languageVersion: image.version,
      imageDigest: image.digest,
    },
    supersede: attempt === null ? null : { attempt, why: 'worker_lost', detail: 'its job was delivered again' },
    maxAttempts,
  }
}
