import { once } from 'node:events'
import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'

describe('a thread that gives way', () => {
  it('is nice from then on, and the others of its process are not', async () => {
    const usual = getPriority()
    const thread = new Worker(new URL('./give-way.fixture.ts', import.meta.url))
    const [told] = await once(thread, 'message')
    expect(told).toStrictEqual({ before: usual, after: Math.max(usual, 10), ofProcess: usual })
  })
})
