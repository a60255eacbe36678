import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Logger } from '../logger/logger.ts'
import { rationedReport } from './rationed-report.ts'

const listening = () => {
  const lines: Array<string> = []
  const note = (fields: { err: Error }, message: string) => lines.push(`${message}: ${fields.err.message}`)
  const logger = { debug: note, info: note, warn: note, error: note, fatal: note } as unknown as Logger
  return { lines, logger }
}

describe('given the same complaint many times', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())

  it('says it once in a while', () => {
    const { lines, logger } = listening()
    const report = rationedReport(logger, 1000)
    for (let ms = 0; ms < 2500; ms += 1) {
      report('warn', new Error('refused'), 'Redis')
      vi.advanceTimersByTime(1)
    }
    expect(lines).toStrictEqual(['Redis: refused', 'Redis: refused', 'Redis: refused'])
  })

  it('says another at once', () => {
    const { lines, logger } = listening()
    const report = rationedReport(logger, 1000)
    for (const text of ['refused', 'reset', 'refused', 'reset']) report('warn', new Error(text), 'Redis')
    expect(lines).toStrictEqual(['Redis: refused', 'Redis: reset'])
  })

  it('remembers the newest kinds only', () => {
    const { lines, logger } = listening()
    const report = rationedReport(logger, 1000, 2)
    for (const text of ['a', 'b', 'c', 'c', 'b', 'a']) report('warn', new Error(text), 'Redis')
    expect(lines).toStrictEqual(['Redis: a', 'Redis: b', 'Redis: c', 'Redis: a'])
  })
})
