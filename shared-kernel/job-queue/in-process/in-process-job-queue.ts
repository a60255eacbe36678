import * as TE from 'fp-ts/lib/TaskEither.js'
import { jobName } from '../job-name.ts'
import type { Consumer, Delivery, Job, JobQueue, JobState, QueueUnavailable } from '../job-queue.ts'
import { type InProcessConsumer, inProcessConsumer, type Supply } from './in-process-consumer.ts'
import type { QueuedJob } from './queued-job.ts'
import { rankedBacklog } from './ranked-backlog.ts'
import { recentNames } from './recent-names.ts'

type Options = Readonly<{
  /** How many finished jobs are remembered by name. */
  rememberFinished?: number
  /** Bound on the wait for aborted handlers when a consumer stops. */
  settleMs?: number
  /** Told of every rejected handler. */
  onRejected?: (job: Job, cause: unknown) => void
}>

const warnOfRejection = (job: Job, cause: unknown): void =>
  process.emitWarning(`The handler of ${jobName(job)} rejected: ${String(cause)}`)

const closedFault: QueueUnavailable = { _tag: 'QueueUnavailable', message: 'The job queue is closed' }

/** The job queue of the embedded mode: it lives and dies with the process, and the sweeper refills it from the log. */
export const openInProcessJobQueue = (options: Options = {}): JobQueue => {
  const { rememberFinished = 10_000, settleMs = 5_000, onRejected = warnOfRejection } = options
  const backlog = rankedBacklog<QueuedJob>()
  const waiting = new Map<string, QueuedJob>()
  const active = new Set<string>()
  const finished = recentNames(rememberFinished)
  const consumers = new Set<InProcessConsumer>()
  let closed = false

  const whileOpen = <A>(answer: () => A) =>
    TE.fromIOEither<QueueUnavailable, A>(() =>
      closed ? { _tag: 'Left', left: closedFault } : { _tag: 'Right', right: answer() },
    )

  const wait = (queued: QueuedJob): void => {
    waiting.set(queued.name, queued)
    backlog.push(queued.job.rank, queued)
    for (const consumer of consumers) consumer.takeMore()
  }

  const enqueue = (job: Job): void => {
    const name = jobName(job)
    if (stateOf(job) === 'absent') wait({ name, job, redelivered: false })
  }

  const rerank = (job: Job): void => {
    const queued = waiting.get(jobName(job))
    if (queued !== undefined && queued.job.rank !== job.rank) wait({ ...queued, job })
  }

  // What was given another rank stands in the backlog twice; only the later one counts.
  const takeWaiting = (): QueuedJob | undefined => {
    let queued = backlog.take()
    while (queued !== undefined && waiting.get(queued.name) !== queued) queued = backlog.take()
    return queued
  }

  const supply: Supply = {
    take: () => {
      const queued = closed ? undefined : takeWaiting()
      if (queued === undefined) return undefined
      waiting.delete(queued.name)
      active.add(queued.name)
      return queued
    },
    finished: ({ name }) => {
      active.delete(name)
      finished.remember(name)
    },
    returned: queued => {
      active.delete(queued.name)
      wait({ ...queued, redelivered: true })
    },
    rejected: ({ job }, cause) => onRejected(job, cause),
  }

  const consume = (handler: (delivery: Delivery) => Promise<void>, concurrency: number): Consumer => {
    const consumer = inProcessConsumer(supply, handler, { concurrency, settleMs })
    consumers.add(consumer)
    consumer.takeMore()
    const stop = async (graceMs: number): Promise<void> => {
      consumers.delete(consumer)
      await consumer.stop(graceMs)
    }
    return { ...consumer, stop }
  }

  const stateOf = (job: Job): JobState => {
    const name = jobName(job)
    if (waiting.has(name)) return 'waiting'
    if (active.has(name)) return 'active'
    return finished.has(name) ? 'finished' : 'absent'
  }

  return {
    enqueue: job => whileOpen(() => enqueue(job)),
    rerank: job => whileOpen(() => rerank(job)),
    consume,
    state: job => whileOpen(() => stateOf(job)),
    counts: () => whileOpen(() => ({ waiting: waiting.size, active: active.size })),
    close: async () => {
      closed = true
    },
  }
}
