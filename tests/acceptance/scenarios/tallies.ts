import { describe, expect, it } from 'vitest'
import { untilProjected } from '../../support/system.ts'
import { type HistoryLine, wholeHistory } from './history.ts'
import { mixedRuns } from './mixed-runs.ts'
import type { UsedSystem } from './use-system.ts'

type Statistics = Readonly<{
  language: string
  outcomes: Readonly<Record<string, number>>
  wallMs: Readonly<{ p50: number; p95: number }>
}>
type Activity = Readonly<{ started: number; completed: number; abandoned: number; running: number }>

const countBy = (keys: ReadonlyArray<string>): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(keys, key => key)].map(([key, all]) => [key, all.length]))

const outcomesOf = (lines: ReadonlyArray<HistoryLine>) => lines.map(({ language, outcome }) => `${language} ${outcome}`)

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, each) => total + each, 0)

/** What read models over all submissions tell: languages, usage and workers. */
export const tallies = (system: UsedSystem): void => {
  const ask = async <A>(path: string, member: string): Promise<ReadonlyArray<A>> => {
    const { status, body } = await system().client.get(path)
    expect(status).toBe(200)
    return body[member] as ReadonlyArray<A>
  }

  describe('what is tallied over all submissions, although a worker died and its readers will have come and gone', () => {
    it('counts outcomes by language exactly as the history lists them', async () => {
      await mixedRuns(system())
      await untilProjected(system())
      const statistics = await ask<Statistics>('/api/statistics/languages', 'statistics')
      const counted = statistics.flatMap(({ language, outcomes }) =>
        Object.entries(outcomes).flatMap(([outcome, count]) => Array<string>(count).fill(`${language} ${outcome}`)),
      )
      expect(countBy(counted)).toEqual(countBy(outcomesOf(await wholeHistory(system(), '&status=completed'))))
      for (const { wallMs } of statistics) expect(wallMs.p95).toBeGreaterThanOrEqual(wallMs.p50)
    })

    it('counts the runs and the CPU time of each day, and what each worker did', async () => {
      await untilProjected(system())
      const { length } = await wholeHistory(system(), '&status=completed')
      const usage = await ask<{ runs: number; cpuSeconds: number }>('/api/usage', 'usage')
      expect(sum(usage.map(({ runs }) => runs))).toBe(length)
      expect(sum(usage.map(({ cpuSeconds }) => cpuSeconds))).toBeGreaterThan(0)
      const workers = await ask<Activity>('/api/workers/activity', 'workers')
      expect({
        started: sum(workers.map(({ started }) => started)),
        completed: sum(workers.map(({ completed }) => completed)),
        abandoned: sum(workers.map(({ abandoned }) => abandoned)),
        running: sum(workers.map(({ running }) => running)),
      }).toEqual({ started: length + 1, completed: length, abandoned: 1, running: 0 })
    })
  })
}
