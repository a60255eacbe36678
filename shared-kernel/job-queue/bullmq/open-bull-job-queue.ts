import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Logger } from '../../logger/logger.ts'
import { connectRedis } from '../../redis/connect-redis.ts'
import { rationedReport } from '../../redis/rationed-report.ts'
import { sharedAnswer } from '../../timing/shared-answer.ts'
import type { Consumer, Delivery, JobQueue, QueueUnavailable } from '../job-queue.ts'
import { boundedQuestions, queueUnavailable } from './bounded-questions.ts'
import { openBullConsumer } from './bull-consumer.ts'
import { bullOptions } from './bull-job.ts'
import { type BullQueue, connectBullQueue } from './connect-bull-queue.ts'
import { forgetFinished, type Retention } from './forget-finished.ts'
import { isConnectionError } from './is-connection-error.ts'
import { jobStateOf } from './job-state-of.ts'
import { rerankJob } from './rerank-job.ts'
import { StoppableWorker } from './stoppable-worker.ts'

export type BullJobQueueOptions = Readonly<{
  url: string
  /** The log whose submissions it distributes: logs that share a Redis do not see each other's jobs. */
  logId: string
  logger: Logger
  /** A delivery whose lock was not renewed for so long goes to another consumer. */
  lockMs?: number
  /** How often each consumer looks for such deliveries. */
  stalledCheckMs?: number
  /** How long a question to Redis may take before the queue counts as unavailable. */
  answerMs?: number
  /** Bound on the wait for aborted handlers when a consumer stops. */
  settleMs?: number
  keepFinished?: Retention
}>

const queueName = 'executions'
const hour = 3_600_000

// The log's budget of attempts decides how often is enough.
const maxStalledCount = 1000

// Every submission asks how many wait.
const countsAgeMs = 10

// Nobody reads BullMQ's own stream of events.
const eventsKept = 100

/**
 * The job queue on BullMQ and Redis. It opens whether or not Redis is there and keeps trying; until Redis answers, so does
 * the queue: with QueueUnavailable, within `answerMs`.
 */
export const openBullJobQueue = (options: BullJobQueueOptions): JobQueue => {
  const { url, logId, logger, lockMs = 30_000, stalledCheckMs = lockMs / 2 } = options
  const { answerMs = 1000, settleMs = 5000, keepFinished = { ageMs: hour, count: 10_000 } } = options
  const { client: connection, outage, disconnect } = connectRedis({ url, logger, purpose: 'job queue' })
  const report = rationedReport(logger)
  const shared = { connection, prefix: `{runledger-${logId}}` }
  const consumers = new Set<Consumer>()
  const answered = boundedQuestions(answerMs)
  let closed = false

  // Outages are told by the connection, once each.
  const onFault = (error: unknown): void =>
    report(outage() !== null || isConnectionError(error) ? 'debug' : 'warn', error, 'The job queue complains')

  const queue = connectBullQueue(queueName, { ...shared, streams: { events: { maxLen: eventsKept } } }, onFault)

  const ask =
    <A>(question: (queue: BullQueue) => Promise<A>): TaskEither<QueueUnavailable, A> =>
    async () => {
      if (closed) return E.left(queueUnavailable('The job queue is closed'))
      const cause = outage()
      return cause === null ? answered(() => queue().then(question)) : E.left(queueUnavailable(cause))
    }

  const countNow = ask(async known => {
    const { wait = 0, prioritized = 0, active = 0 } = await known.getJobCounts('wait', 'prioritized', 'active')
    return { waiting: wait + prioritized, active }
  })
  const counts = sharedAnswer(countsAgeMs, countNow, () => performance.now())

  const keep = { age: Math.ceil(keepFinished.ageMs / 1000), count: keepFinished.count }

  const createWorker = (concurrency: number) => (process: ConstructorParameters<typeof StoppableWorker>[1]) => {
    const worker = new StoppableWorker(queueName, process, {
      ...shared,
      ...{ concurrency, lockDuration: lockMs, stalledInterval: stalledCheckMs, maxStalledCount },
      ...{ removeOnComplete: keep, removeOnFail: keep },
      runRetryDelay: 1000,
      // A check that fails at the start would leave the worker dead for good.
      skipVersionCheck: true,
    })
    worker.on('error', onFault)
    return worker
  }

  const consume = (handler: (delivery: Delivery) => Promise<void>, concurrency: number): Consumer => {
    const consumer = openBullConsumer({ createWorker: createWorker(concurrency), handler, settleMs, logger })
    const endForgetting = forgetFinished(queue, keepFinished, onFault)
    const stop = async (graceMs: number): Promise<void> => {
      endForgetting()
      await consumer.stop(graceMs)
      consumers.delete(counted)
    }
    const counted = { ...consumer, stop }
    consumers.add(counted)
    return counted
  }

  return {
    enqueue: job => ask(async known => void (await known.add('run', job, bullOptions(job)))),
    rerank: job => ask(known => rerankJob(known, job)),
    consume,
    state: job => ask(known => jobStateOf(known, job)),
    counts: () => counts,
    close: async () => {
      closed = true
      await Promise.all([...consumers].map(({ stop }) => stop(0)))
      disconnect()
    },
  }
}
