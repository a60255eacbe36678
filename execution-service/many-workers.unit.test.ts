import type { AbandonReason } from '@runledger/shared-kernel/domain-events/execution-abandoned.ts'
import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import type { ExecutionServiceOptions } from './execution-service-options.ts'
import { aLog, aProcess } from './test-support/a-process.ts'
import { echo, endless, fakeSandbox, sandboxFault, succeeded } from './test-support/fake-sandbox.ts'
import { mortal } from './test-support/mortal-log.ts'
import { dataOf, receive, tell, terminalTypesOf, typesOf, untilEnded, untilSeen } from './test-support/submissions.ts'

// As over Redis: in a place that was yielded nothing is delivered, least of all to a process that has died meanwhile.
const sharedQueue = (): JobQueue => {
  const queue = openInProcessJobQueue({ settleMs: 20 })
  return {
    ...queue,
    consume: (handler, concurrency) =>
      queue.consume(delivery => handler({ ...delivery, yieldPlace: () => undefined }), concurrency),
  }
}

/** What all workers of one system share. */
const aSystem = (partitions = 4) => {
  const parts = {
    log: aLog({ partitions }),
    store: openInMemoryReadModelStore(),
    queue: sharedQueue(),
  }
  const join = (sandbox: ExecutionServiceOptions['sandbox'], overrides: Partial<ExecutionServiceOptions> = {}) =>
    aProcess(sandbox, { ...parts, soleIncarnation: false, maxAttempts: 100, ...overrides })
  return { ...parts, join }
}

type System = ReturnType<typeof aSystem>

const holders = async ({ store }: System): Promise<ReadonlyArray<string | null>> => {
  const read = await store.leases.read('open submissions')()
  return E.isRight(read) ? read.right.leases.map(({ holder }) => holder) : []
}

const untilShared = (system: System, among: number) =>
  vi.waitFor(async () => expect(new Set(await holders(system)).size).toBe(among))

describe('given several workers', () => {
  it('run every submission once, and dispatch each once', async () => {
    const system = aSystem()
    const enqueue = vi.spyOn(system.queue, 'enqueue')
    const { sandbox, requests } = fakeSandbox(echo)
    for (const { service } of [system.join(sandbox), system.join(sandbox), system.join(sandbox)]) await service.start()
    await untilShared(system, 3)
    const ids = await Promise.all(Array.from({ length: 30 }, () => receive(system.log)))
    for (const id of ids) await untilEnded(system.log, id)
    expect(requests).toHaveLength(30)
    expect(enqueue.mock.calls.length).toBeLessThan(60)
  })

  it('take over what a dead one ran, and what it followed', async () => {
    const system = aSystem()
    const life = mortal(system.log, system.store, { append: 2, landed: true })
    const dying = system.join(fakeSandbox(echo).sandbox, { ...life, worker: { id: 'w', incarnation: 'dying' } })
    await dying.service.start()
    const other = system.join(fakeSandbox(echo).sandbox, { monotonic: fast(10_000), timing: { deadMs: 50 } })
    const ids = [await receive(system.log), await receive(system.log), await receive(system.log)]
    await life.died
    await other.service.start()
    for (const id of ids) await untilEnded(system.log, id)
    for (const id of ids) expect(await terminalTypesOf(system.log, id)).toStrictEqual(['ExecutionCompleted'])
    await vi.waitFor(async () => expect(await holders(system)).not.toContain('dying'))
  })

  it('kill what was cancelled, whoever runs it and whoever follows its partition', async () => {
    const system = aSystem(1)
    const idle = system.join(fakeSandbox(endless).sandbox)
    await idle.service.start()
    await untilShared(system, 1)
    const running = system.join(fakeSandbox(endless).sandbox, {
      worker: { id: 'zz', incarnation: 'zz' },
      concurrency: 4,
    })
    await running.service.start()
    const ids = await Promise.all(Array.from({ length: 4 }, () => receive(system.log)))
    for (const id of ids) await untilSeen(system.log, id, 'ExecutionStarted')
    const startedBy = (await Promise.all(ids.map(id => dataOf(system.log, id, 'ExecutionStarted')))).flat()
    expect(new Set(startedBy.map(({ incarnation }) => incarnation)).size).toBe(2)
    for (const id of ids) await tell(system.log, id, { _tag: 'RequestCancellation', who: 'client', why: '' })
    for (const id of ids) await untilEnded(system.log, id)
    for (const id of ids) expect(await terminalTypesOf(system.log, id)).toStrictEqual(['SubmissionCancelled'])
  })

  it('kill a run that another has superseded, though it writes nothing', async () => {
    const system = aSystem(1)
    const own = { queue: openInProcessJobQueue(), monotonic: fast(10_000), timing: { deadMs: 1_000_000 } }
    await system.join(fakeSandbox(echo).sandbox, own).service.start()
    await untilShared(system, 1)
    const { sandbox } = fakeSandbox(endless)
    const late = system.join(sandbox, { worker: { id: 'zz', incarnation: 'zz' } })
    await late.service.start()
    const id = await receive(system.log)
    await system.queue.enqueue({ submissionId: id, attempt: 1, generation: 0, rank: 1 })()
    await untilEnded(system.log, id)
    await vi.waitFor(() => expect(late.service.health().running).toBe(0))
  })

  it('leave jobs to those who can run them', async () => {
    const system = aSystem()
    const broken = fakeSandbox(echo)
    broken.problems.push('no daemon')
    const lame = system.join(broken.sandbox)
    await lame.service.start()
    const ids = await Promise.all(Array.from({ length: 6 }, () => receive(system.log)))
    await vi.waitFor(async () =>
      expect(await system.queue.counts()()).toStrictEqual(E.right({ waiting: 6, active: 0 })),
    )
    await system.join(fakeSandbox(echo).sandbox).service.start()
    for (const id of ids) await untilEnded(system.log, id)
    expect(broken.requests).toHaveLength(0)
  })

  it('hand back what was taken just before the sandbox went', async () => {
    const system = aSystem()
    const flaky = fakeSandbox(async () => {
      flaky.problems.push('no daemon')
      return sandboxFault('unavailable')
    })
    await system.join(flaky.sandbox, { concurrency: 4 }).service.start()
    const ids = await Promise.all(Array.from({ length: 4 }, () => receive(system.log)))
    await vi.waitFor(() => expect(flaky.problems.length).toBeGreaterThan(0))
    await system.join(fakeSandbox(echo).sandbox).service.start()
    for (const id of ids) await untilEnded(system.log, id)
    for (const id of ids) expect(await terminalTypesOf(system.log, id)).toStrictEqual(['ExecutionCompleted'])
  })
})

/** A clock that passes quickly. */
const fast = (factor: number) => () => performance.now() * factor

describe('given workers that outlive their attempts', () => {
  const reason = fc.constantFrom<AbandonReason>('lock_lost', 'worker_lost', 'budget_passed')

  it('one terminal event is recorded, and nothing of a stale attempt after the next began', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(reason, { minLength: 1, maxLength: 5 }), async lost => {
        const system = aSystem(2)
        const releases: Array<() => void> = []
        const { sandbox } = fakeSandbox(async (_request, listener) => {
          const number = releases.length
          const { promise, resolve } = Promise.withResolvers<void>()
          releases.push(resolve)
          if (number < lost.length) await promise
          listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.from(`${number}`), at: 1 })
          return E.right(succeeded(1))
        })
        // Room for every run that does not hear that it is killed.
        const workers = [system.join(sandbox, { concurrency: 4 }), system.join(sandbox, { concurrency: 4 })]
        for (const { service } of workers) await service.start()
        const id = await receive(system.log)
        for (const [index, why] of lost.entries()) await supersede(system, id, index + 1, why)
        for (const release of releases) release()
        await untilEnded(system.log, id)
        await vi.waitFor(async () => expect(await system.queue.counts()()).toMatchObject({ right: { active: 0 } }))
        await expectOneHistory(system, id)
      }),
      { numRuns: 15 },
    )
  }, 60_000)
})

/** Another process takes the attempt for lost while its worker still runs it. */
const supersede = async (system: System, id: SubmissionId, attempt: number, why: AbandonReason): Promise<void> => {
  await vi.waitFor(async () => expect(await dataOf(system.log, id, 'ExecutionStarted')).toHaveLength(attempt), {
    timeout: 5_000,
    interval: 1,
  })
  await tell(system.log, id, { _tag: 'AbandonAttempt', attempt, why, detail: '', maxAttempts: 100 })
}

const expectOneHistory = async ({ log }: System, id: SubmissionId): Promise<void> => {
  const types = await typesOf(log, id)
  expect(await terminalTypesOf(log, id)).toHaveLength(1)
  expect(types.at(-1)).toBe('ExecutionCompleted')
  const started = await dataOf(log, id, 'ExecutionStarted')
  expect(started.map(({ attempt }) => attempt)).toStrictEqual(started.map((_, index) => index + 1))
  expect((await dataOf(log, id, 'OutputChunk')).map(({ attempt }) => attempt)).toStrictEqual([started.length])
}
