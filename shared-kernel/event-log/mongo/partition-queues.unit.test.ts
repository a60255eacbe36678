import { describe, expect, it } from 'vitest'
import { partitionQueues } from './partition-queues.ts'

describe('work queued by partition', () => {
  it('runs in order, one at a time, and side by side with that of other partitions', async () => {
    const queues = partitionQueues()
    const gate = Promise.withResolvers<void>()
    const seen: Array<string> = []
    const first = queues.run(0, async () => {
      await gate.promise
      seen.push('first')
    })
    const second = queues.run(0, async () => void seen.push('second'))
    await queues.run(1, async () => void seen.push('elsewhere'))
    gate.resolve()
    await Promise.all([first, second])
    expect(seen).toStrictEqual(['elsewhere', 'first', 'second'])
  })

  it('goes on behind work that failed, whose own caller alone hears of it', async () => {
    const queues = partitionQueues()
    const failed = queues.run(0, () => Promise.reject(new Error('a defect')))
    const next = queues.run(0, async () => 'done')
    await expect(failed).rejects.toThrow('a defect')
    expect(await next).toBe('done')
  })

  it('is idle once all of it is done', async () => {
    const queues = partitionQueues()
    let done = 0
    for (const p of [0, 0, 1]) void queues.run(p, async () => (done += 1))
    await queues.idle()
    expect(done).toBe(3)
    await queues.idle()
  })
})
