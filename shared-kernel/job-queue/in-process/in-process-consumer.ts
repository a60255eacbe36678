import { settledWithin } from '../../timing/settled-within.ts'
import type { Consumer, Delivery } from '../job-queue.ts'
import type { QueuedJob } from './queued-job.ts'

/** What a consumer takes from its queue and gives back to it. */
export type Supply = Readonly<{
  take: () => QueuedJob | undefined
  finished: (queued: QueuedJob) => void
  returned: (queued: QueuedJob) => void
  rejected: (queued: QueuedJob, cause: unknown) => void
}>

type UnderWay = Readonly<{ queued: QueuedJob; abort: AbortController; settled: Promise<void> }>

export type InProcessConsumer = Consumer & Readonly<{ takeMore: () => void; active: () => number }>

type Bounds = Readonly<{ concurrency: number; settleMs: number }>

/** `settleMs` bounds the wait for handlers whose signal has been aborted; a job of one that still runs is delivered again. */
export const inProcessConsumer = (
  supply: Supply,
  handler: (delivery: Delivery) => Promise<void>,
  { concurrency, settleMs }: Bounds,
): InProcessConsumer => {
  const underWay = new Set<UnderWay>()
  const inPlace = new Set<UnderWay>()
  let stopping = false
  let paused = false

  const takeMore = (): void => {
    while (!stopping && !paused && inPlace.size < concurrency) {
      const queued = supply.take()
      if (queued === undefined) return
      deliver(queued)
    }
  }

  // Where nothing comes to an end no more is taken than twice what may run.
  const yieldPlaceOf = (entry: UnderWay): void => {
    if (underWay.size - inPlace.size < concurrency && inPlace.delete(entry)) takeMore()
  }

  const deliver = (queued: QueuedJob): void => {
    const abort = new AbortController()
    const { job, redelivered } = queued
    const delivery = { job, redelivered, signal: abort.signal, yieldPlace: () => yieldPlaceOf(entry) }
    const settled = Promise.resolve(delivery)
      .then(handler)
      .catch(cause => supply.rejected(queued, cause))
      .then(() => finish(entry))
    const entry: UnderWay = { queued, abort, settled }
    underWay.add(entry)
    inPlace.add(entry)
  }

  const finish = (entry: UnderWay): void => {
    inPlace.delete(entry)
    if (!underWay.delete(entry)) return
    supply.finished(entry.queued)
    takeMore()
  }

  const allSettled = (ms: number) =>
    settledWithin(
      ms,
      [...underWay].map(({ settled }) => settled),
    )

  const giveBack = (entry: UnderWay): void => {
    underWay.delete(entry)
    supply.returned(entry.queued)
  }

  const pause = (): void => {
    paused = true
  }

  const resume = (): void => {
    paused = false
    takeMore()
  }

  const stop = async (graceMs: number): Promise<void> => {
    stopping = true
    if (await allSettled(graceMs)) return
    for (const { abort } of underWay) abort.abort()
    await allSettled(settleMs)
    for (const entry of [...underWay]) giveBack(entry)
  }

  return { takeMore, pause, resume, stop, active: () => underWay.size }
}
