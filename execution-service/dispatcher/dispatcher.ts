import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Job, JobQueue, JobState, QueueUnavailable } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { OpenEntry } from '../open-submissions/open-submission.ts'
import type { BackOff } from './back-off.ts'

type Dependencies = Readonly<{
  queue: JobQueue
  sandbox: Pick<Sandbox, 'image'>
  backOff: BackOff
  logger: Logger
}>

/** Sees to it that a waiting submission has a job. Repeating it changes nothing: it may be told as often as one likes. */
export type Dispatcher = Readonly<{
  /** For an entry the log has just shown: a job the queue has already finished means the log has gone on meanwhile. */
  dispatch: (entry: OpenEntry) => Promise<void>
  /** For an entry the log says still waits: a job that came to nothing gets a successor, a generation later. */
  dispatchAnew: (entry: OpenEntry) => Promise<void>
  /** The state of the job that `dispatch` would see to. */
  jobState: (entry: OpenEntry) => Promise<JobState>
}>

const jobOf = ({ id, body }: OpenEntry, generation: number): Job => ({
  submissionId: id,
  attempt: body.attempts + 1,
  generation,
  rank: 1,
})

export const createDispatcher = ({ queue, sandbox, backOff, logger }: Dependencies): Dispatcher => {
  const answerOf = <A>(answer: E.Either<QueueUnavailable, A>): A | null => {
    if (E.isRight(answer)) return answer.right
    logger.warn({ fault: answer.left }, 'The job queue does not answer; the sweeper will try again')
    return null
  }

  const stateOf = async (job: Job): Promise<JobState | null> => answerOf(await queue.state(job)())

  const enqueue = async (job: Job): Promise<void> => void answerOf(await queue.enqueue(job)())

  const mayRun = (entry: OpenEntry): boolean => sandbox.image(entry.body.language) !== null

  const dispatch = async (entry: OpenEntry): Promise<void> => {
    const due = () => enqueue(jobOf(entry, 0))
    if (mayRun(entry)) await backOff.whenDue(entry, due)
  }

  const firstUnfinished = async (entry: OpenEntry, generation: number): Promise<Job | null> => {
    const job = jobOf(entry, generation)
    const state = await stateOf(job)
    if (state === 'finished') return firstUnfinished(entry, generation + 1)
    return state === 'absent' ? job : null
  }

  const dispatchAnew = async (entry: OpenEntry): Promise<void> => {
    const due = async () => {
      const job = await firstUnfinished(entry, 0)
      if (job !== null) await enqueue(job)
    }
    if (mayRun(entry)) await backOff.whenDue(entry, due)
  }

  return { dispatch, dispatchAnew, jobState: async entry => (await stateOf(jobOf(entry, 0))) ?? 'active' }
}
