import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it, vi } from 'vitest'
import { aLog, aProcess } from './test-support/a-process.ts'
import { echo, fakeSandbox, sandboxFault, succeeded } from './test-support/fake-sandbox.ts'
import { dataOf, receive, typesOf, untilEnded, untilSeen } from './test-support/submissions.ts'

describe('given a sandbox that loses a run', () => {
  it('is tried again, and the outcome is of the next attempt alone', async () => {
    let runs = 0
    const { sandbox } = fakeSandbox(async (request, listener, signal) => {
      runs += 1
      return runs === 1 ? sandboxFault('lost') : echo(request, listener, signal)
    })
    const { service, log } = aProcess(sandbox)
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    expect(await dataOf(log, id, 'ExecutionAbandoned')).toMatchObject([{ attempt: 1, why: 'sandbox_fault' }])
    expect(await dataOf(log, id, 'ExecutionCompleted')).toMatchObject([{ attempt: 2, outcome: 'success' }])
  })

  it('fails with the cause when the attempts are spent', async () => {
    const { sandbox, requests } = fakeSandbox(async () => sandboxFault('lost'))
    const { service, log } = aProcess(sandbox, { maxAttempts: 3 })
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    expect(requests).toHaveLength(3)
    expect(await dataOf(log, id, 'ExecutionFailed')).toStrictEqual([
      { attempts: 3, why: 'sandbox_fault', detail: 'lost on purpose' },
    ])
  })

  it('does not trust a sandbox that throws, and goes on', async () => {
    let runs = 0
    const { sandbox } = fakeSandbox(async (request, listener, signal) => {
      runs += 1
      if (runs === 1) throw new Error('a defect')
      return echo(request, listener, signal)
    })
    const { service, log, logger } = aProcess(sandbox)
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    expect(await dataOf(log, id, 'ExecutionAbandoned')).toMatchObject([{ attempt: 1, why: 'worker_lost' }])
    expect(logger.error).toHaveBeenCalledOnce()
  })
})

describe('given a sandbox that is gone and comes back', () => {
  it('keeps submissions pending without an attempt, says so, and runs them afterwards', async () => {
    const { sandbox, problems, requests } = fakeSandbox(echo)
    problems.push('no daemon')
    const { service, log, queue } = aProcess(sandbox)
    await service.start()
    const ids = [await receive(log), await receive(log), await receive(log)]
    await vi.waitFor(async () => expect(await queue.counts()()).toStrictEqual(E.right({ waiting: 3, active: 0 })))
    expect(service.health()).toStrictEqual({
      healthy: false,
      problems: ['submissions wait for the sandbox: no daemon'],
      running: 0,
    })
    expect(requests).toHaveLength(0)
    problems.pop()
    for (const id of ids) await untilEnded(log, id)
    expect(service.health()).toMatchObject({ healthy: true })
    for (const id of ids) expect(await typesOf(log, id)).not.toContain('ExecutionAbandoned')
  })

  it('costs nothing of the attempt budget when it goes while a program runs', async () => {
    const { sandbox, problems, requests } = fakeSandbox(async (request, listener, signal) => {
      if (requests.length > 4) return echo(request, listener, signal)
      problems.push('no daemon')
      return sandboxFault('unavailable')
    })
    const { service, log } = aProcess(sandbox, { maxAttempts: 1, concurrency: 1 })
    await service.start()
    const id = await receive(log)
    for (let outage = 1; outage <= 4; outage += 1) {
      await vi.waitFor(async () => expect(await dataOf(log, id, 'ExecutionAbandoned')).toHaveLength(outage), {
        interval: 2,
        timeout: 5_000,
      })
      expect(service.health()).toMatchObject({ healthy: false })
      problems.pop()
    }
    await untilEnded(log, id)
    expect(await dataOf(log, id, 'ExecutionCompleted')).toMatchObject([{ attempt: 5 }])
  })

  it('does not hold a service that is told to stop', async () => {
    const { sandbox, problems } = fakeSandbox(echo)
    problems.push('no daemon')
    const { service, log, queue } = aProcess(sandbox)
    await service.start()
    const id = await receive(log)
    await vi.waitFor(async () => expect(await queue.counts()()).toStrictEqual(E.right({ waiting: 1, active: 0 })))
    await service.stop(60_000)
    expect(await typesOf(log, id)).toStrictEqual(['SubmissionReceived'])
  })

  it('does not try for ever where it is well and yet never available', async () => {
    const { sandbox } = fakeSandbox(async () => sandboxFault('unavailable'))
    const { service, log } = aProcess(sandbox, { maxAttempts: 2 })
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    expect(await dataOf(log, id, 'ExecutionFailed')).toMatchObject([{ why: 'sandbox_fault' }])
  })
})

/** A log whose appends fail as long as a fault is set. */
const faultyLog = () => {
  const sound = aLog()
  const state: { fault: EventLogFault['kind'] | null; refused: number } = { fault: null, refused: 0 }
  const transact: EventLog['transact'] = transaction => async () => {
    if (state.fault === null) return sound.transact(transaction)()
    state.refused += 1
    return E.left({ _tag: 'EventLogFault', kind: state.fault, message: 'on purpose' })
  }
  return { sound, log: { ...sound, transact }, state }
}

describe('given a log that is full for a while', () => {
  it('holds the outcome and records it when there is room', async () => {
    const { sound, log, state } = faultyLog()
    const { sandbox, requests } = fakeSandbox(async (_request, listener) => {
      state.fault = 'full'
      for (let i = 0; i < 100; i += 1) {
        listener.output({ stream: 'stdout', offset: i * 1024, bytes: Buffer.alloc(1024, i), at: i })
      }
      return E.right(succeeded(102_400))
    })
    const { service } = aProcess(sandbox, { log })
    await service.start()
    const id = await receive(sound)
    await vi.waitFor(() => expect(state.refused).toBeGreaterThan(5))
    state.fault = null
    await untilEnded(sound, id)
    expect(requests).toHaveLength(1)
    const chunks = await dataOf(sound, id, 'OutputChunk')
    const bytes = Buffer.concat(chunks.map(chunk => Buffer.from('bytes' in chunk ? chunk.bytes : '', 'base64')))
    expect(bytes).toStrictEqual(Buffer.concat(Array.from({ length: 100 }, (_, i) => Buffer.alloc(1024, i))))
  })

  it('does not give up an attempt whose outcome it holds, however long that takes', async () => {
    let clock = 0
    const { sound, log, state } = faultyLog()
    const { sandbox } = fakeSandbox(async () => {
      state.fault = 'full'
      return E.right(succeeded())
    })
    const { service } = aProcess(sandbox, { log, monotonic: () => (clock += 100_000) })
    await service.start()
    const id = await receive(sound)
    const passed = clock
    await vi.waitFor(() => expect(state.refused).toBeGreaterThan(5))
    await vi.waitFor(() => expect(clock).toBeGreaterThan(passed + 500_000))
    state.fault = null
    await untilEnded(sound, id)
    expect(await dataOf(sound, id, 'ExecutionCompleted')).toMatchObject([{ attempt: 1 }])
  })

  it('runs nothing it cannot claim, and all of it afterwards', async () => {
    const { sound, log, state } = faultyLog()
    const { sandbox, requests } = fakeSandbox(echo)
    const { service } = aProcess(sandbox, { log })
    state.fault = 'unreachable'
    await service.start()
    const ids = [await receive(sound), await receive(sound), await receive(sound)]
    await vi.waitFor(() => expect(state.refused).toBeGreaterThan(5))
    expect(requests).toHaveLength(0)
    state.fault = null
    for (const id of ids) await untilEnded(sound, id)
    expect(requests).toHaveLength(3)
  })
})

describe('given a job queue that loses and refuses', () => {
  it('is refilled from the log', async () => {
    const sound = openInProcessJobQueue()
    let broken = true
    const queue: JobQueue = {
      ...sound,
      enqueue: job =>
        broken ? TE.left({ _tag: 'QueueUnavailable' as const, message: 'on purpose' }) : sound.enqueue(job),
    }
    const { service, log, logger } = aProcess(fakeSandbox(echo).sandbox, { queue })
    await service.start()
    const id = await receive(log)
    await vi.waitFor(() => expect(logger.warn).toHaveBeenCalled())
    expect(await typesOf(log, id)).toStrictEqual(['SubmissionReceived'])
    broken = false
    await untilEnded(log, id)
  })

  it('gets another generation for a job that came to nothing', async () => {
    const sound = openInProcessJobQueue()
    const swallowed = Promise.withResolvers<void>()
    const { log } = aProcess(fakeSandbox(echo).sandbox)
    const id = await receive(log)
    await sound.enqueue({ submissionId: id, attempt: 1, generation: 0, rank: 1 })()
    const swallower = sound.consume(async () => swallowed.resolve(), 1)
    await swallowed.promise
    await swallower.stop(1000)
    const { service } = aProcess(fakeSandbox(echo).sandbox, { log, queue: sound })
    await service.start()
    await untilSeen(log, id, 'ExecutionCompleted')
  })
})

describe('given an index that holds an ended submission as open', () => {
  it('asks the log and forgets it', async () => {
    const log = aLog()
    const first = aProcess(fakeSandbox(echo).sandbox, { log })
    await first.service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    await first.service.stop(0)
    const store = openInMemoryReadModelStore()
    const { sandbox, requests } = fakeSandbox(echo)
    const body = { language: 'python', attempts: 0, running: null, cancelling: false }
    const tails = await log.tails()()
    const positions = E.isRight(tails) ? [...tails.right.entries()] : []
    await store.ensure({ name: 'open__v1', indexes: [] })()
    await store.apply(
      [{ kind: 'put', collection: 'open__v1', document: { id, version: 1, body }, expected: 0 }],
      positions.map(([partition, n]) => ({ projection: 'open__v1', partition, n })),
    )()
    const { service } = aProcess(sandbox, { log, store })
    await service.start()
    await vi.waitFor(async () => expect(await store.get('open__v1', id)()).toStrictEqual(E.right(null)))
    expect(requests).toHaveLength(0)
  })
})
