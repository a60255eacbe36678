import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import { describe, expect, it, vi } from 'vitest'
import { aLog, aProcess } from './test-support/a-process.ts'
import { echo, fakeSandbox } from './test-support/fake-sandbox.ts'
import { receiveFrom, untilEnded } from './test-support/submissions.ts'

const counted = (waiting: number) => ({ _tag: 'Right', right: { waiting, active: 0 } })

/** A sandbox that is not there until it is repaired: everything waits meanwhile. */
const aBrokenSandbox = () => {
  const { sandbox, requests, problems } = fakeSandbox(echo)
  problems.push('no daemon')
  return { sandbox, requests, repair: () => void problems.pop() }
}

describe('given a tenant with a hundred open submissions', () => {
  it("runs another tenant's first before all but the first of those", async () => {
    const log = aLog()
    const { sandbox, requests, repair } = aBrokenSandbox()
    const { service, queue } = aProcess(sandbox, { log, concurrency: 1 })
    await service.start()
    const many = []
    for (let i = 0; i < 100; i += 1) many.push(await receiveFrom(log, 'many'))
    await vi.waitFor(async () => expect(await queue.counts()()).toStrictEqual(counted(100)))
    const one = await receiveFrom(log, 'one')
    await vi.waitFor(async () => expect(await queue.counts()()).toStrictEqual(counted(101)))
    repair()
    for (const id of [one, ...many]) await untilEnded(log, id)
    expect(requests.findIndex(({ owner }) => owner.submission === one)).toBeLessThan(3)
  })

  it('moves them up as they come to an end, so that later ones of its own do not overtake them', async () => {
    const [log, store, queue] = [aLog(), openInMemoryReadModelStore(), openInProcessJobQueue({ settleMs: 20 })]
    const rerank = vi.spyOn(queue, 'rerank')
    const last = await receiveFrom(log, 'many')
    await queue.enqueue({ submissionId: last, attempt: 1, generation: 0, rank: 1_000 })()
    const { sandbox, repair } = aBrokenSandbox()
    const { service } = aProcess(sandbox, { log, store, queue })
    await service.start()
    await vi.waitFor(() =>
      expect(rerank.mock.calls.at(-1)?.[0]).toStrictEqual({ submissionId: last, attempt: 1, generation: 0, rank: 1 }),
    )
    repair()
    await untilEnded(log, last)
  })
})
