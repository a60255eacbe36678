import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { Queue } from './bullmq.ts'

const fromBullmq = createRequire(createRequire(import.meta.url).resolve('bullmq'))

const isLoaded = (file: string): boolean => Object.keys(fromBullmq.cache).some(loaded => loaded.endsWith(file))
const isLoadedWhole = (name: string, member: string): boolean => {
  const exported: object = fromBullmq.cache[fromBullmq.resolve(name)]?.exports ?? {}
  return Object.getOwnPropertyDescriptor(exported, member)?.value !== undefined
}

describe('BullMQ', () => {
  it('is there without a calendar and the scripts of another database', () => {
    expect(Queue).toBeTypeOf('function')
    expect(isLoaded('/cron-parser/dist/CronExpressionParser.js')).toBe(false)
    expect(isLoadedWhole('./postgres/sql-scripts', 'SQL_COMMANDS')).toBe(false)
  })

  it('loads the calendar once a job is to be repeated', () => {
    const { defaultRepeatStrategy } = fromBullmq('./classes/job-scheduler')
    expect(defaultRepeatStrategy(0, { pattern: '0 5 * * *', tz: 'UTC' })).toBe(5 * 60 * 60 * 1000)
    expect(isLoaded('/cron-parser/dist/CronExpressionParser.js')).toBe(true)
  })

  it('loads the scripts once one is asked for', () => {
    const { loadCommandSql } = fromBullmq('./postgres/sql-loader')
    expect(loadCommandSql('add_job')).toContain('add_job')
    expect(isLoadedWhole('./postgres/sql-scripts', 'SQL_COMMANDS')).toBe(true)
  })
})
