import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Part, readinessOf } from '../health/readiness.ts'
import { watchReadiness } from './watch-readiness.ts'

let parts: ReadonlyArray<Part>
let looks: number
const logger = { info: vi.fn(), warn: vi.fn() }
const onFirstReady = vi.fn()

const missing = (problem: string): ReadonlyArray<Part> => [{ part: 'event log', problems: [problem] }]

const watch = (): void => {
  const readiness = async () => {
    looks += 1
    return readinessOf(parts)
  }
  onTestFinished(watchReadiness({ readiness, onFirstReady, logger, pausesMs: { unready: 1, ready: 1 } }))
}

const someLooks = async (): Promise<void> => {
  const before = looks
  await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 3))
}

beforeEach(() => {
  vi.clearAllMocks()
  looks = 0
})

describe('given a service that waits', () => {
  it('says what for, once for each change, and when it is over', async () => {
    parts = missing('no answer')
    watch()
    await someLooks()
    parts = missing('not the primary')
    await someLooks()
    expect(logger.warn.mock.calls).toStrictEqual([
      [{ problems: 'event log: no answer' }, 'waiting'],
      [{ problems: 'event log: not the primary' }, 'waiting'],
    ])
    expect(onFirstReady).not.toHaveBeenCalled()
    parts = []
    await someLooks()
    expect(logger.info).toHaveBeenCalledTimes(1)
    expect(onFirstReady).toHaveBeenCalledTimes(1)
  })

  it('says again what goes missing later, and tells only the first time that it is ready', async () => {
    parts = []
    watch()
    await someLooks()
    parts = missing('gone')
    await someLooks()
    parts = []
    await someLooks()
    expect(logger.warn).toHaveBeenCalledTimes(1)
    expect(logger.info).toHaveBeenCalledTimes(1)
    expect(onFirstReady).toHaveBeenCalledTimes(1)
  })

  it('says nothing where nothing was ever missing', async () => {
    parts = []
    watch()
    await someLooks()
    expect(logger.warn).not.toHaveBeenCalled()
    expect(logger.info).not.toHaveBeenCalled()
  })
})
