import { describe, expect, it, vi } from 'vitest'
import { repeat } from './repeat.ts'

const farAway = 2 ** 31 - 1
const unexpected = (cause: unknown): void => {
  throw new Error(`unexpected ${cause}`)
}

describe('given a repeated task', () => {
  it('runs at once, again when it is rung, and never twice at a time', async () => {
    const releases: Array<() => void> = []
    const task = vi.fn(() => new Promise<void>(resolve => releases.push(resolve)))
    const repetition = repeat(task, farAway, unexpected)
    expect(task).toHaveBeenCalledTimes(1)
    repetition.now()
    repetition.now()
    expect(task).toHaveBeenCalledTimes(1)
    releases[0]?.()
    await vi.waitFor(() => expect(task).toHaveBeenCalledTimes(2))
    const stopped = repetition.stop()
    releases[1]?.()
    await stopped
    expect(task).toHaveBeenCalledTimes(2)
  })

  it('runs again after its time and after a rejection, which it tells', async () => {
    const onFault = vi.fn()
    const cause = new Error('on purpose')
    const task = vi.fn(() => Promise.reject(cause))
    const repetition = repeat(task, 1, onFault)
    await vi.waitFor(() => expect(task.mock.calls.length).toBeGreaterThan(2))
    await repetition.stop()
    expect(onFault).toHaveBeenCalledWith(cause)
  })
})
