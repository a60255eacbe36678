import * as E from 'fp-ts/lib/Either.js'
import type { Logger } from '../../logger/logger.ts'
import { settledWithin } from '../../timing/settled-within.ts'
import { quickDecoder } from '../../types/quick-decoder.ts'
import type { Consumer, Delivery, Job } from '../job-queue.ts'
import { jobData } from './bull-job.ts'
import { type Job as BullJob, WaitingError } from './bullmq.ts'
import type { StoppableWorker } from './stoppable-worker.ts'

type UnderWay = Readonly<{ abort: AbortController; giveUp: () => void }>

type Processor = (bullJob: BullJob<Job, void>, token?: string) => Promise<void>

type Needs = Readonly<{
  createWorker: (process: Processor) => StoppableWorker
  handler: (delivery: Delivery) => Promise<void>
  /** Bound on the wait for aborted handlers, and then for Redis, when the consumer stops. */
  settleMs: number
  logger: Logger
}>

const decodeJob = quickDecoder(jobData)

/** What stays unfinished keeps its lock until that expires, and is then delivered again. */
const leaveUnfinished = (): WaitingError => new WaitingError()

// BullMQ looks for another job when one has ended.
const yieldPlace = (): void => undefined

/** Takes jobs through a BullMQ worker of its own. */
export const openBullConsumer = ({ createWorker, handler, settleMs, logger }: Needs): Consumer => {
  const underWay = new Map<string, UnderWay>()
  let paused = false
  let stopped = false

  const handle = (delivery: Delivery): Promise<void> =>
    Promise.resolve(delivery)
      .then(handler)
      .catch(err => {
        const { submissionId, attempt } = delivery.job
        logger.error({ err, submissionId, attempt }, 'A job was given up; the sweeper decides')
      })

  const loseLock = (name: string): void => underWay.get(name)?.abort.abort('lock_lost')

  const deliver = async (name: string, job: Job, redelivered: boolean): Promise<void> => {
    // This very consumer may be given its own job again, having slept through the lock's end.
    loseLock(name)
    const abort = new AbortController()
    const givenUp = Promise.withResolvers<never>()
    const entry: UnderWay = { abort, giveUp: () => givenUp.reject(leaveUnfinished()) }
    underWay.set(name, entry)
    try {
      await Promise.race([handle({ job, redelivered, signal: abort.signal, yieldPlace }), givenUp.promise])
    } finally {
      if (underWay.get(name) === entry) underWay.delete(name)
    }
  }

  // A fetch that was under way when the consumer was told to take no more.
  const handBack = async (bullJob: BullJob, token?: string): Promise<never> => {
    await bullJob.moveToWait(token)
    throw leaveUnfinished()
  }

  const worker = createWorker(async (bullJob, token) => {
    if (paused || stopped) return handBack(bullJob, token)
    const job = decodeJob(bullJob.data)
    if (E.isRight(job)) return deliver(String(bullJob.id), job.right, bullJob.stalledCounter > 0)
    logger.error({ job: bullJob.id }, 'A job cannot be read and is dropped')
  })
  worker.on('lockRenewalFailed', (names: ReadonlyArray<string>) => names.forEach(loseLock))

  const pause = (): void => {
    paused = true
    void worker.pause(true)
  }

  const resume = (): void => {
    if (stopped) return
    paused = false
    void worker.resume()
  }

  const stop = async (graceMs: number): Promise<void> => {
    stopped = true
    const closed = worker.close()
    if (await settledWithin(graceMs, [closed])) return
    for (const { abort } of underWay.values()) abort.abort('stopping')
    if (await settledWithin(settleMs, [closed])) return
    for (const { giveUp } of underWay.values()) giveUp()
    if (!(await settledWithin(settleMs, [closed]))) await worker.closeAtOnce()
  }

  return { pause, resume, stop }
}
