import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { aLog, aProcess } from './test-support/a-process.ts'
import { echo, endless, fakeSandbox, succeeded, usage } from './test-support/fake-sandbox.ts'
import {
  dataOf,
  receive,
  recorded,
  startElsewhere,
  tell,
  typesOf,
  untilEnded,
  untilSeen,
} from './test-support/submissions.ts'

describe('given a received submission', () => {
  it('is run as it was sent, and a short program costs three appends', async () => {
    const { sandbox, requests } = fakeSandbox(echo)
    const { service, log } = aProcess(sandbox)
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    const events = await recorded(log, id)
    expect(events.map(({ event }) => event.type)).toStrictEqual([
      'SubmissionReceived',
      'ExecutionStarted',
      'OutputChunk',
      'ExecutionCompleted',
    ])
    expect(new Set(events.map(({ position }) => position.n)).size).toBe(3)
    expect(requests).toMatchObject([
      { language: 'python', entry: 'main.py', args: ['-v'], owner: { submission: id, attempt: 1 } },
    ])
    expect(Buffer.from(requests[0]?.stdin ?? [])).toStrictEqual(Buffer.from('hello'))
    expect(await dataOf(log, id, 'OutputChunk')).toStrictEqual([
      { attempt: 1, phase: 'run', stream: 'stdout', offset: 0, bytes: btoa('hello'), at: 0 },
    ])
  })

  it('is run while it is still being recorded how the one before went', async () => {
    const log = aLog()
    const recorded = Promise.withResolvers<void>()
    let appends = 0
    const slowLog: EventLog = {
      ...log,
      transact: transaction => async () => {
        appends += 1
        // The first one's start, its end, the second one's start.
        if (appends === 2) await recorded.promise
        return log.transact(transaction)()
      },
    }
    const { sandbox, requests } = fakeSandbox(echo)
    const { service } = aProcess(sandbox, { log: slowLog, concurrency: 1 })
    await service.start()
    const first = await receive(log)
    const second = await receive(log)
    await vi.waitFor(() => expect(requests.map(({ owner }) => owner.submission)).toStrictEqual([first, second]))
    expect(await typesOf(log, first)).toStrictEqual(['SubmissionReceived', 'ExecutionStarted'])
    recorded.resolve()
    for (const id of [first, second]) await untilEnded(log, id)
  })

  it('keeps tenant and correlation through the whole stream', async () => {
    const { service, log } = aProcess(fakeSandbox(echo).sandbox)
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    for (const { meta } of await recorded(log, id)) {
      expect(meta).toMatchObject({ tenant: 'tenant-a', correlationId: id })
    }
  })

  it('records compilation, output and completion of a short compiled program in one commit', async () => {
    const { sandbox } = fakeSandbox(async (_request, listener) => {
      listener.compiled({
        exitCode: 0,
        signal: null,
        output: Buffer.from('warning: ok'),
        truncated: false,
        usage,
        cached: false,
      })
      listener.output({ stream: 'stderr', offset: 0, bytes: Buffer.from('e'), at: 1.5 })
      listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.from('o'), at: 2 })
      return E.right(succeeded(1, 1))
    })
    const { service, log } = aProcess(sandbox)
    await service.start()
    const id = await receive(log)
    await untilEnded(log, id)
    const events = await recorded(log, id)
    expect(events.slice(2).map(({ event }) => event.type)).toStrictEqual([
      'CompilationCompleted',
      'OutputChunk',
      'OutputChunk',
      'ExecutionCompleted',
    ])
    expect(new Set(events.slice(2).map(({ position }) => position.n)).size).toBe(1)
  })

  it('shows what a longer program wrote while it still runs', async () => {
    const seen = Promise.withResolvers<void>()
    const { sandbox } = fakeSandbox(async (_request, listener) => {
      listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.from('now'), at: 1 })
      await seen.promise
      return E.right(succeeded(3))
    })
    const { service, log } = aProcess(sandbox, { timing: { flushMs: 5 } })
    await service.start()
    const id = await receive(log)
    await untilSeen(log, id, 'OutputChunk')
    seen.resolve()
    await untilEnded(log, id)
  })

  it('is run once, however often its job is delivered', async () => {
    const { sandbox, requests } = fakeSandbox(echo)
    const { service, log, queue } = aProcess(sandbox)
    const id = await receive(log)
    for (let generation = 0; generation < 6; generation += 1) {
      await queue.enqueue({ submissionId: id, attempt: 1, generation, rank: 1 })()
    }
    await service.start()
    await untilEnded(log, id)
    await vi.waitFor(async () => expect(await queue.counts()()).toStrictEqual(E.right({ waiting: 0, active: 0 })))
    expect(requests).toHaveLength(1)
    expect(await dataOf(log, id, 'ExecutionStarted')).toHaveLength(1)
  })

  it('waits while its language has no image, without an attempt', async () => {
    const { sandbox, requests } = fakeSandbox(echo)
    const late = { ...sandbox, image: vi.fn<typeof sandbox.image>(() => null) }
    const { service, log } = aProcess(late)
    await service.start()
    const id = await receive(log)
    await vi.waitFor(() => expect(late.image.mock.calls.length).toBeGreaterThan(3))
    expect(await typesOf(log, id)).toStrictEqual(['SubmissionReceived'])
    late.image.mockReturnValue({ version: '1', digest: 'sha256:1' })
    await untilEnded(log, id)
    expect(requests).toHaveLength(1)
  })
})

describe('given a submission that runs elsewhere', () => {
  it('leaves it alone as long as its budget lasts, then gives it up and runs it', async () => {
    let clock = 0
    const { sandbox, requests } = fakeSandbox(echo)
    const { service, log } = aProcess(sandbox, {
      soleIncarnation: false,
      monotonic: () => clock,
      timing: { judgeGraceMs: 500 },
    })
    const id = await receive(log)
    await startElsewhere(log, id)
    await service.start()
    const other = await receive(log)
    await untilEnded(log, other)
    expect(await typesOf(log, id)).toStrictEqual(['SubmissionReceived', 'ExecutionStarted'])
    await vi.waitFor(async () => {
      clock += 100
      expect(await typesOf(log, id)).toContain('ExecutionAbandoned')
    })
    expect(clock).toBeGreaterThan(1500)
    await untilEnded(log, id)
    expect(await dataOf(log, id, 'ExecutionAbandoned')).toMatchObject([{ attempt: 1, why: 'budget_passed' }])
    expect(requests.map(({ owner }) => owner)).toMatchObject([
      { submission: other, attempt: 1 },
      { submission: id, attempt: 2 },
    ])
  })
})

describe('given a cancellation of a running submission', () => {
  it('kills the run and cancels the submission', async () => {
    const { sandbox } = fakeSandbox(endless)
    const { service, log } = aProcess(sandbox)
    await service.start()
    const id = await receive(log)
    await untilSeen(log, id, 'ExecutionStarted')
    await tell(log, id, { _tag: 'RequestCancellation', who: 'client', why: 'changed my mind' })
    await untilEnded(log, id)
    expect((await typesOf(log, id)).slice(2)).toStrictEqual([
      'CancellationRequested',
      'ExecutionAbandoned',
      'SubmissionCancelled',
    ])
    expect(await dataOf(log, id, 'ExecutionAbandoned')).toMatchObject([{ why: 'cancelled' }])
  })
})
