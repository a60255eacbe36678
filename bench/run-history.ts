import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HistoryFigures, type HistoryRound, measureHistory } from './measurements/history-scale.ts'
import { median, percentile } from './measurements/statistics.ts'
import { areReached, atMost, type Bound, boundTable } from './report/bounds.ts'
import { table } from './report/table.ts'

const few = 10_000
const many = Number(process.env['HISTORY_SUBMISSIONS'] ?? 1_000_000)
const rounds = 5

const over = (measured: ReadonlyArray<HistoryRound>, figure: (round: HistoryRound) => number): number =>
  median(measured.map(figure))

const slowerBy = (share: number) => (round: HistoryRound) =>
  percentile(round.many.readMs, share) / percentile(round.few.readMs, share)

const boundsOf = (measured: ReadonlyArray<HistoryRound>): ReadonlyArray<Bound> => [
  atMost('result, p50 of many against few', over(measured, slowerBy(0.5)), 1.2),
  atMost('result, p99 of many against few', over(measured, slowerBy(0.99)), 1.5),
  atMost(
    'append rate of few against many',
    over(measured, round => round.few.appendsPerSecond / round.many.appendsPerSecond),
    1.2,
  ),
]

const rowOf = (submissions: number, measured: ReadonlyArray<HistoryFigures>): ReadonlyArray<string> => [
  String(submissions),
  ...[0.5, 0.99].map(share => median(measured.map(({ readMs }) => percentile(readMs, share))).toFixed(2)),
  median(measured.map(({ appendsPerSecond }) => appendsPerSecond)).toFixed(0),
]

/** Measures whether a long history is read and continued as fast as a short one; true where every target is reached. */
export const runHistory = async (): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'runledger-bench-'))
  try {
    const step = (what: string): void => console.error(`measuring: ${what}`)
    const measured = await measureHistory(folder, { few, many, rounds, step })
    const rows = [
      rowOf(
        few,
        measured.map(round => round.few),
      ),
      rowOf(
        many,
        measured.map(round => round.many),
      ),
    ]
    console.log(`\n${table(['submissions', 'result p50 ms', 'p99 ms', 'appends/s'], rows)}\n`)
    const bounds = boundsOf(measured)
    console.log(boundTable(bounds))
    return areReached(bounds)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
