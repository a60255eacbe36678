import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import type { Delivery, JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { aLog, aProcess } from './test-support/a-process.ts'
import { echo, endless, fakeSandbox, sandboxFault, succeeded } from './test-support/fake-sandbox.ts'
import {
  dataOf,
  receive,
  startElsewhere,
  tell,
  terminalTypesOf,
  typesOf,
  untilEnded,
  untilSeen,
} from './test-support/submissions.ts'

/** A queue that keeps its jobs to itself: deliveries are made by hand. */
const byHand = () => {
  const handlers: Array<(delivery: Delivery) => Promise<void>> = []
  const queue: JobQueue = {
    ...openInProcessJobQueue(),
    consume: handler => {
      handlers.push(handler)
      return { pause: () => undefined, resume: () => undefined, stop: async () => undefined }
    },
  }
  const deliver = (
    submissionId: SubmissionId,
    overrides: Partial<Omit<Delivery, 'job'>> & { attempt?: number } = {},
  ) => {
    const { attempt = 1, redelivered = false, signal = new AbortController().signal } = overrides
    const job = { submissionId, attempt, generation: 0, rank: 1 }
    return Promise.all(handlers.map(handler => handler({ job, redelivered, signal, yieldPlace: () => undefined })))
  }
  return { queue, deliver }
}

describe('given a job that is delivered before the log shows its submission', () => {
  it('is not enqueued again', async () => {
    const { queue, deliver } = byHand()
    const [shown, read] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const log = aLog()
    const late: EventLog = {
      ...log,
      readPartitions: (after, limit) => () => shown.promise.then(log.readPartitions(after, limit)),
      readStream: (stream, from) => () => read.promise.then(log.readStream(stream, from)),
    }
    const { service } = aProcess(fakeSandbox(echo).sandbox, { log: late, queue, timing: { sweepMs: 60_000 } })
    await service.start()
    const id = await receive(log)
    await queue.enqueue({ submissionId: id, attempt: 1, generation: 0, rank: 1 })()
    const enqueue = vi.spyOn(queue, 'enqueue')
    const delivered = deliver(id)
    const other = await receive(log)
    shown.resolve()
    await vi.waitFor(() => expect(enqueue.mock.calls).toMatchObject([[{ submissionId: other, attempt: 1 }]]))
    read.resolve()
    await delivered
    expect(await terminalTypesOf(log, id)).toStrictEqual(['ExecutionCompleted'])
  })
})

describe('given a job delivered again after its first delivery did not finish', () => {
  it('supersedes the attempt and starts the next in one commit', async () => {
    const { queue, deliver } = byHand()
    const { service, log } = aProcess(fakeSandbox(echo).sandbox, { queue, soleIncarnation: false })
    const id = await receive(log)
    await startElsewhere(log, id)
    await service.start()
    await deliver(id, { redelivered: true })
    expect(await terminalTypesOf(log, id)).toStrictEqual(['ExecutionCompleted'])
    expect(await dataOf(log, id, 'ExecutionAbandoned')).toMatchObject([{ attempt: 1, why: 'worker_lost' }])
    expect(await dataOf(log, id, 'ExecutionCompleted')).toMatchObject([{ attempt: 2 }])
  })

  it('leaves an attempt alone that another runs, where this is its first delivery', async () => {
    const { queue, deliver } = byHand()
    const { sandbox, requests } = fakeSandbox(echo)
    const { service, log } = aProcess(sandbox, { queue, soleIncarnation: false })
    const id = await receive(log)
    await startElsewhere(log, id)
    await service.start()
    await deliver(id, { redelivered: false })
    expect(requests).toHaveLength(0)
    expect(await typesOf(log, id)).toStrictEqual(['SubmissionReceived', 'ExecutionStarted'])
  })

  it('supersedes the attempt that its last redelivery began', async () => {
    const { queue, deliver } = byHand()
    const { service, log } = aProcess(fakeSandbox(echo).sandbox, { queue, soleIncarnation: false })
    const id = await receive(log)
    await startElsewhere(log, id)
    await tell(log, id, { _tag: 'AbandonAttempt', attempt: 1, why: 'worker_lost', detail: '', maxAttempts: 3 })
    await startElsewhere(log, id)
    await service.start()
    await deliver(id, { redelivered: true, attempt: 1 })
    expect(await dataOf(log, id, 'ExecutionCompleted')).toMatchObject([{ attempt: 3 }])
  })

  it('does nothing to a later attempt that has a job of its own', async () => {
    const { queue, deliver } = byHand()
    const { service, log } = aProcess(fakeSandbox(echo).sandbox, { queue, soleIncarnation: false })
    const id = await receive(log)
    await startElsewhere(log, id)
    await tell(log, id, { _tag: 'AbandonAttempt', attempt: 1, why: 'shutdown', detail: '', maxAttempts: 3 })
    await queue.enqueue({ submissionId: id, attempt: 2, generation: 0, rank: 1 })()
    await startElsewhere(log, id)
    await service.start()
    await deliver(id, { redelivered: true, attempt: 1 })
    expect(await dataOf(log, id, 'ExecutionStarted')).toHaveLength(2)
  })
})

describe('given a delivery that has nothing to run', () => {
  it.each([
    ['of an unknown submission', async () => '0195f2d0-0000-7000-8000-000000000000' as SubmissionId, 1],
    ['of an attempt that has been', async (id: SubmissionId) => id, 0],
    ['of an attempt that is not due', async (id: SubmissionId) => id, 2],
  ])('drops it: %s', async (_case, target, attempt) => {
    const { queue, deliver } = byHand()
    const { sandbox, requests } = fakeSandbox(echo)
    const { service, log } = aProcess(sandbox, { queue })
    const id = await receive(log)
    await service.start()
    await deliver(await target(id), { attempt })
    expect(requests).toHaveLength(0)
    expect(await typesOf(log, id)).toStrictEqual(['SubmissionReceived'])
  })
})

describe('given a lost lock', () => {
  it('kills the run and abandons the attempt', async () => {
    const { queue, deliver } = byHand()
    const { service, log } = aProcess(fakeSandbox(endless).sandbox, { queue })
    const id = await receive(log)
    await service.start()
    const lock = new AbortController()
    const handled = deliver(id, { signal: lock.signal })
    await untilSeen(log, id, 'ExecutionStarted')
    lock.abort()
    await handled
    expect(await dataOf(log, id, 'ExecutionAbandoned')).toMatchObject([{ attempt: 1, why: 'lock_lost' }])
  })
})

describe('given a run whose attempt another has superseded', () => {
  it('is killed when it next writes, and says nothing more', async () => {
    const { queue, deliver } = byHand()
    const superseded = Promise.withResolvers<void>()
    const { sandbox } = fakeSandbox(async (request, listener, signal) => {
      await superseded.promise
      listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.from('late'), at: 1 })
      return endless(request, listener, signal)
    })
    const { service, log } = aProcess(sandbox, { queue, timing: { flushMs: 1 } })
    const id = await receive(log)
    await service.start()
    const handled = deliver(id)
    await untilSeen(log, id, 'ExecutionStarted')
    await tell(log, id, { _tag: 'AbandonAttempt', attempt: 1, why: 'budget_passed', detail: '', maxAttempts: 3 })
    superseded.resolve()
    await handled
    expect(await typesOf(log, id)).toStrictEqual(['SubmissionReceived', 'ExecutionStarted', 'ExecutionAbandoned'])
  })

  it('does not record its outcome', async () => {
    const { queue, deliver } = byHand()
    const superseded = Promise.withResolvers<void>()
    const { sandbox } = fakeSandbox(async () => {
      await superseded.promise
      return E.right(succeeded())
    })
    const { service, log } = aProcess(sandbox, { queue })
    const id = await receive(log)
    await service.start()
    const handled = deliver(id)
    await untilSeen(log, id, 'ExecutionStarted')
    await tell(log, id, { _tag: 'AbandonAttempt', attempt: 1, why: 'budget_passed', detail: '', maxAttempts: 1 })
    superseded.resolve()
    await handled
    expect(await terminalTypesOf(log, id)).toStrictEqual(['ExecutionFailed'])
  })
})

describe('given a run that outlasts its whole budget', () => {
  it('is killed and given up', async () => {
    let clock = 0
    const log = aLog()
    let runs = 0
    const { sandbox } = fakeSandbox(async (request, listener, signal) => {
      runs += 1
      if (runs > 1) return echo(request, listener, signal)
      clock += 1_000_000
      await endless(request, listener, signal)
      return sandboxFault('aborted')
    })
    const { service } = aProcess(sandbox, { log, monotonic: () => (clock += 10_000) })
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    expect(await dataOf(log, id, 'ExecutionAbandoned')).toMatchObject([{ attempt: 1, why: 'budget_passed' }])
    expect(await dataOf(log, id, 'ExecutionCompleted')).toMatchObject([{ attempt: 2 }])
  })
})
