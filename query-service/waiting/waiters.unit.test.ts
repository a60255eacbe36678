import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createWaiters } from './waiters.ts'

const never = new AbortController().signal
const long = 60_000

describe('waiters', () => {
  it('are woken by what they wait for, all of them', async () => {
    const waiters = createWaiters<string>(10)
    const woken = [waiters.enter(['a'], long, never), waiters.enter(['a'], long, never)]
    const other = waiters.enter(['b'], long, never)
    waiters.wake('a')
    expect(await Promise.all(woken.map(waiting => waiting?.end))).toStrictEqual(['woken', 'woken'])
    expect(waiters.count()).toBe(1)
    other?.leave()
  })

  it('are woken by any of the things they wait for, and have left the others', async () => {
    const waiters = createWaiters<string>(10)
    const waiting = waiters.enter(['a', 'b'], long, never)
    expect(waiters.count()).toBe(1)
    waiters.wake('b')
    expect(await waiting?.end).toBe('woken')
    waiters.wake('a')
    expect(waiters.count()).toBe(0)
  })

  it('leave by themselves when the time is over', async () => {
    const waiters = createWaiters<string>(10)
    expect(await waiters.enter(['a'], 1, never)?.end).toBe('over')
    expect(waiters.count()).toBe(0)
  })

  it('leave when their signal aborts, without a listener left behind', async () => {
    const waiters = createWaiters<string>(10)
    const { signal, abort } = (() => {
      const controller = new AbortController()
      return { signal: controller.signal, abort: () => controller.abort() }
    })()
    waiters.enter(['a'], long, signal)?.leave()
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    const waiting = waiters.enter(['a'], long, signal)
    abort()
    await waiting?.end
    expect(waiters.count()).toBe(0)
    await waiters.enter(['a'], long, signal)?.end
    expect(waiters.count()).toBe(0)
  })

  it('are no more than the room holds, counting nobody twice', () => {
    const waiters = createWaiters<string>(1)
    const first = waiters.enter(['a'], long, never)
    expect(waiters.enter(['b'], long, never)).toBeNull()
    first?.leave()
    first?.leave()
    waiters.wake('a')
    expect(waiters.count()).toBe(0)
    const second = waiters.enter(['b'], long, never)
    expect(second).not.toBeNull()
    expect(waiters.enter(['c'], long, never)).toBeNull()
    second?.leave()
  })

  it('are all sent home at the end, and nobody waits after it', async () => {
    const waiters = createWaiters<string>(10)
    const waiting = [waiters.enter(['a'], long, never), waiters.enter(['b'], long, never)]
    waiters.close()
    await Promise.all(waiting.map(each => each?.end))
    await waiters.enter(['c'], long, never)?.end
    expect(waiters.count()).toBe(0)
  })
})
