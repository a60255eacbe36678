import type { Job, JobQueue, JobState, QueueUnavailable } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { OpenEntry } from '../open-submissions/open-submission.ts'
import type { BackOff } from './back-off.ts'

type Dependencies = Readonly<{
  queue: JobQueue
  /** False where nobody could run it now. */
  mayRun: (language: string) => boolean
  backOff: BackOff
  logger: Logger
}>

/** Sees to it that a waiting submission has a job. Repeating it changes nothing: it may be told as often as one likes. */
export type Dispatcher = Readonly<{
  /** For an entry the log has just shown: a job the queue has already finished means the log has gone on meanwhile. */
  dispatch: (entry: OpenEntry, rank: number) => Promise<void>
  /** For an entry the log says still waits: a job that came to nothing gets a successor, a generation later. */
  dispatchAnew: (entry: OpenEntry, rank: number) => Promise<void>
  /** Gives the job that waits for the entry its rank, where it has another. */
  rerank: (entry: OpenEntry, rank: number) => Promise<void>
  /** The state of the job that `dispatch` would see to; null where the queue does not answer. */
  jobState: (entry: OpenEntry) => Promise<JobState | null>
}>

const jobOf = ({ id, body }: OpenEntry, generation: number, rank: number): Job => ({
  submissionId: id,
  attempt: body.attempts + 1,
  generation,
  rank,
})

export const createDispatcher = ({ queue, mayRun, backOff, logger }: Dependencies): Dispatcher => {
  const answerOf = <A>(answer: E.Either<QueueUnavailable, A>): A | null => {
    if (E.isRight(answer)) return answer.right
    logger.warn({ fault: answer.left }, 'The job queue does not answer; the sweeper will try again')
    return null
  }

  const stateOf = async (job: Job): Promise<JobState | null> => answerOf(await queue.state(job)())

  const enqueue = async (job: Job): Promise<void> => void answerOf(await queue.enqueue(job)())

  const dispatch = async (entry: OpenEntry, rank: number): Promise<void> => {
    const due = () => enqueue(jobOf(entry, 0, rank))
    if (mayRun(entry.body.language)) await backOff.whenDue(entry, due)
  }

  const firstUnfinished = async (job: Job): Promise<Job | null> => {
    const state = await stateOf(job)
    if (state === 'finished') return firstUnfinished({ ...job, generation: job.generation + 1 })
    return state === 'absent' ? job : null
  }

  const dispatchAnew = async (entry: OpenEntry, rank: number): Promise<void> => {
    const due = async () => {
      const job = await firstUnfinished(jobOf(entry, 0, rank))
      if (job !== null) await enqueue(job)
    }
    if (mayRun(entry.body.language)) await backOff.whenDue(entry, due)
  }

  const rerank = async (entry: OpenEntry, rank: number): Promise<void> =>
    void answerOf(await queue.rerank(jobOf(entry, 0, rank))())

  return { dispatch, dispatchAnew, rerank, jobState: entry => stateOf(jobOf(entry, 0, 1)) }
}
