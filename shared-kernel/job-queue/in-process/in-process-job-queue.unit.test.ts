import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { submissionId } from '../../types/ids.ts'
import { jobQueueContract } from '../contract/job-queue.contract.ts'
import type { Delivery, Job } from '../job-queue.ts'
import { openInProcessJobQueue } from './in-process-job-queue.ts'

const aJob = (): Job => {
  const id: string = randomUUID()
  if (!submissionId.is(id)) throw new Error('randomUUID gave no UUID')
  return { submissionId: id, attempt: 1, generation: 0, rank: 1 }
}

jobQueueContract('in-process', async () => openInProcessJobQueue({ settleMs: 20, onRejected: () => undefined }))

describe('given more finished jobs than it remembers', () => {
  it('forgets the oldest', async () => {
    const queue = openInProcessJobQueue({ rememberFinished: 2 })
    const consumer = queue.consume(async () => undefined, 1)
    const jobs = [aJob(), aJob(), aJob()]
    for (const job of jobs) await queue.enqueue(job)()
    const states = () => Promise.all(jobs.map(job => queue.state(job)()))
    await vi.waitFor(async () =>
      expect(await states()).toStrictEqual([E.right('absent'), E.right('finished'), E.right('finished')]),
    )
    await consumer.stop(0)
  })
})

describe('given handlers that have yielded their place', () => {
  it('delivers as many others, and waits with the rest', async () => {
    const queue = openInProcessJobQueue()
    const released = Promise.withResolvers<void>()
    const taken: Array<Job> = []
    const handler = async ({ job, yieldPlace }: Delivery): Promise<void> => {
      taken.push(job)
      yieldPlace()
      await released.promise
    }
    const consumer = queue.consume(handler, 2)
    const jobs = Array.from({ length: 5 }, aJob)
    for (const job of jobs) await queue.enqueue(job)()
    await vi.waitFor(() => expect(taken).toStrictEqual(jobs.slice(0, 4)))
    expect(await queue.counts()()).toStrictEqual(E.right({ waiting: 1, active: 4 }))
    released.resolve()
    await vi.waitFor(() => expect(taken).toStrictEqual(jobs))
    await consumer.stop(1000)
  })
})

describe('given a handler that rejects', () => {
  it('tells the job and the cause', async () => {
    const onRejected = vi.fn()
    const queue = openInProcessJobQueue({ onRejected })
    const cause = new Error('broken handler')
    const consumer = queue.consume(() => Promise.reject(cause), 1)
    const job = aJob()
    await queue.enqueue(job)()
    await vi.waitFor(() => expect(onRejected).toHaveBeenCalledExactlyOnceWith(job, cause))
    await consumer.stop(0)
  })
})
