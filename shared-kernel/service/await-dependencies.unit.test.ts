import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { awaitDependencies } from './await-dependencies.ts'

const late = left({ message: 'no answer', isPassing: true })

describe('given a dependency that is late', () => {
  it('is tried again until it is there, and named meanwhile', async () => {
    vi.useFakeTimers()
    const dependencies = awaitDependencies(new AbortController().signal)
    const open = vi.fn().mockResolvedValueOnce(late).mockResolvedValueOnce(late).mockResolvedValue(right('log'))
    const opened = dependencies.waitFor('event log', open)()
    expect(dependencies.waiting()).toStrictEqual([{ part: 'event log', problems: ['is being opened'] }])
    await vi.advanceTimersByTimeAsync(250)
    expect(open).toHaveBeenCalledTimes(2)
    expect(dependencies.waiting()).toStrictEqual([{ part: 'event log', problems: ['no answer'] }])
    await vi.advanceTimersByTimeAsync(500)
    expect(await opened).toStrictEqual(right('log'))
    expect(dependencies.waiting()).toStrictEqual([])
    vi.useRealTimers()
  })

  it('is not waited for any longer once the process is to stop', async () => {
    const stopping = new AbortController()
    const dependencies = awaitDependencies(stopping.signal)
    const opened = dependencies.waitFor('event log', async () => late)()
    stopping.abort()
    expect(await opened).toStrictEqual(left('stopped while starting'))
  })
})

describe('given a dependency that will never do', () => {
  it('is given up, with the remedy', async () => {
    const open = vi.fn().mockResolvedValue(left({ message: 'it has 8 partitions', isPassing: false }))
    const dependencies = awaitDependencies(new AbortController().signal)
    expect(await dependencies.waitFor('event log', open)()).toStrictEqual(left('event log: it has 8 partitions'))
    expect(open).toHaveBeenCalledTimes(1)
  })
})
