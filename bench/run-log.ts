import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureVerifyRate, type VerifyRate } from './measurements/verify-rate.ts'
import { table } from './report/table.ts'

const isReached = ({ verify, ratio }: VerifyRate): boolean => verify >= 50_000 || ratio >= 0.5

const report = (figures: VerifyRate): string =>
  table(
    ['a log in SQLite', 'commits', 'per second', 'x bare', 'bound', 'reached'],
    [
      ['rows read, SHA-256, JSON', String(figures.commits), figures.bare.toFixed(0), '1.00', '', ''],
      [
        ...['log verify', String(figures.commits), figures.verify.toFixed(0), figures.ratio.toFixed(2)],
        ...['>= 50,000/s or >= 0.50 x bare', isReached(figures) ? 'yes' : 'NO'],
      ],
    ],
  )

/** Measures and reports what the log's own tools take; true where every target is reached. */
export const runLog = async (): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'runledger-bench-'))
  try {
    console.error('measuring: verification of a generated log')
    const figures = await measureVerifyRate(folder)
    console.log(report(figures))
    return isReached(figures)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
