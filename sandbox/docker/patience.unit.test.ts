import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPatience } from './patience.ts'

const ms = 30_000

describe('patience', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is over once the time has passed', () => {
    const { signal } = createPatience(new AbortController().signal, ms)
    vi.advanceTimersByTime(ms - 1)
    expect(signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(signal.aborted).toBe(true)
  })

  it('is over with the signal it was made from', async () => {
    const caller = new AbortController()
    const { signal } = createPatience(caller.signal, ms)
    const over = once(signal, 'abort')
    caller.abort()
    await over
    expect(signal.aborted).toBe(true)
  })

  it('leaves no timer behind once it was ended', () => {
    const { signal, end } = createPatience(new AbortController().signal, ms)
    expect(vi.getTimerCount()).toBe(1)
    end()
    expect(vi.getTimerCount()).toBe(0)
    expect(signal.aborted).toBe(false)
  })
})
