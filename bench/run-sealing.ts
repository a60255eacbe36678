import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureSealing, type SealingCost } from './measurements/sealing-cost.ts'
import { table } from './report/table.ts'

const greatestCost = 0.15

const isReached = ({ cost }: SealingCost): boolean => cost <= greatestCost

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const report = (figures: SealingCost): string =>
  table(
    [
      `appends to SQLite, ${figures.inFlight} submissions in flight`,
      'per second',
      'CPU us each',
      'cost',
      'bound',
      'reached',
    ],
    [
      ['in plain', figures.plain.perSecond.toFixed(0), figures.plain.cpuUs.toFixed(0), '', '', ''],
      [
        ...['sealed, each submission with a key of its own', figures.sealed.perSecond.toFixed(0)],
        ...[figures.sealed.cpuUs.toFixed(0), percent(figures.cost)],
        ...[`<= ${percent(greatestCost)}`, isReached(figures) ? 'yes' : 'NO'],
      ],
    ],
  )

/** Measures and reports what sealing takes of the appends; true where the target is reached. */
export const runSealing = async (): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'runledger-bench-'))
  try {
    console.error('measuring: appends with and without sealing, in turn')
    const figures = await measureSealing(folder)
    console.log(report(figures))
    return isReached(figures)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
