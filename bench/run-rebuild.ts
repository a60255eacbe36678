import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeEnvironmentIn, nodeOptionsOf } from '@runledger/standalone/setup/node-options.mjs'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'
import type { RebuildRound } from './measurements/rebuild-rate.ts'
import { median, percentile } from './measurements/statistics.ts'
import { areReached, atLeast, atMost, type Bound, boundTable } from './report/bounds.ts'
import { table } from './report/table.ts'

const program = join(import.meta.dirname, 'measurements', 'rebuild-process.ts')
const commits = Number(process.env['REBUILD_COMMITS'] ?? 200_000)
const rounds = 5
const mebibyte = 1024 * 1024

const over = (measured: ReadonlyArray<RebuildRound>, figure: (round: RebuildRound) => number): number =>
  median(measured.map(figure))

const latencyRatio = (measured: ReadonlyArray<RebuildRound>, p: number): number =>
  over(measured, ({ aloneMs, besideMs }) => percentile(besideMs, p) / percentile(aloneMs, p))

/** Each against what is read and parsed under the same conditions. */
const rateRatio = (measured: ReadonlyArray<RebuildRound>, where: 'alone' | 'beside'): number =>
  over(measured, ({ builtPerSecond, readPerSecond }) => builtPerSecond[where] / readPerSecond[where])

const boundsOf = (measured: ReadonlyArray<RebuildRound>): ReadonlyArray<Bound> => [
  atLeast('built / read and parsed, both alone', rateRatio(measured, 'alone'), 0.4),
  atLeast('built / read and parsed, both beside clients', rateRatio(measured, 'beside'), 0.4),
  atMost('reads meanwhile, p50 against alone', latencyRatio(measured, 0.5), 1.5),
  atMost('reads meanwhile, p99 against alone', latencyRatio(measured, 0.99), 2),
  atMost('peak RSS, MiB', Math.max(...measured.map(({ peakRssBytes }) => peakRssBytes)) / mebibyte, 300),
]

const perSecond = (value: number): string => `${Math.round(value)}/s`

// Under the options that `npm start` gives: what a process holds is as much V8's and malloc's choice as the rebuild's.
const measureIn = async (folder: string): Promise<ReadonlyArray<RebuildRound>> => {
  const child = fork(program, [folder, String(commits), String(rounds)], {
    execArgv: nodeOptionsOf('query-service'),
    env: { ...nodeEnvironmentIn(projectRoot), ...process.env },
  })
  const gone = once(child, 'disconnect').then(() => {
    throw new Error('the process that rebuilds ended without an answer')
  })
  const [measured] = await Promise.race([once(child, 'message'), gone])
  return measured
}

/** Measures rebuilds of `result` beside clients that read; true where every target is reached. */
export const runRebuild = async (): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'runledger-bench-'))
  try {
    const measured = await measureIn(folder)
    const rates = [
      ['read and parsed, alone', perSecond(over(measured, round => round.readPerSecond.alone))],
      ['built, alone', perSecond(over(measured, round => round.builtPerSecond.alone))],
      ['read and parsed, beside clients', perSecond(over(measured, round => round.readPerSecond.beside))],
      ['built, beside clients', perSecond(over(measured, round => round.builtPerSecond.beside))],
      ['verified, beside clients', perSecond(over(measured, round => round.verifiedPerSecond))],
    ]
    const bounds = boundsOf(measured)
    console.log(`\n${table([`${commits} commits, median of ${rounds} rounds`, 'rate'], rates)}\n`)
    console.log(boundTable(bounds))
    return areReached(bounds)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
