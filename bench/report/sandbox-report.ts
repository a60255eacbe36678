import { median, percentile } from '../measurements/statistics.ts'
import { table } from './table.ts'
import type { Target } from './targets.ts'

type Latencies = ReadonlyArray<number>

export type SandboxFigures = Readonly<{
  perTenant: Readonly<{
    bare: Latencies
    backToBack: Latencies
    /** Runs per second, and the medians of the ratios round by round. */
    rates: Readonly<{ host: number; image: number; runledger: number; toHost: number; toImage: number }>
  }>
  singleUse: Readonly<{ bare: Latencies; paced: Latencies }>
}>

const ms = (value: number): string => `${value.toFixed(1)} ms`

const latencyTarget = (what: string, ours: Latencies, bare: Latencies, allowedMs: number): Target => {
  const bound = median(bare) + allowedMs
  return {
    what,
    bound: `<= bare p50 + ${allowedMs} ms = ${ms(bound)}`,
    measured: ms(median(ours)),
    reached: median(ours) <= bound,
  }
}

const rateTarget = (what: string, ratio: number): Target => ({
  what,
  bound: '>= 0.60 x bare',
  measured: `${ratio.toFixed(2)} x`,
  reached: ratio >= 0.6,
})

/** What reuse of containers must reach, against what was measured in this run. */
export const sandboxTargets = ({ perTenant, singleUse }: SandboxFigures): ReadonlyArray<Target> => [
  rateTarget('per-tenant, saturated, to the same python3', perTenant.rates.toImage),
  rateTarget("per-tenant, saturated, to the host's python3", perTenant.rates.toHost),
  latencyTarget('per-tenant, back to back, p50', perTenant.backToBack, perTenant.bare, 12),
  latencyTarget('single-use, each 500 ms, p50', singleUse.paced, singleUse.bare, 20),
]

const latencyTable = ({ perTenant, singleUse }: SandboxFigures): string =>
  table(
    ['latency at concurrency 1', 'p50 ms', 'p95 ms'],
    [
      ["bare python3 of the host, before per-tenant's", perTenant.bare] as const,
      ['per-tenant, back to back', perTenant.backToBack] as const,
      ["bare python3 of the host, after single-use's", singleUse.bare] as const,
      ['single-use, one each 500 ms', singleUse.paced] as const,
    ].map(([name, latencies]) => [name, median(latencies).toFixed(1), percentile(latencies, 0.95).toFixed(1)]),
  )

const rateTable = ({ perTenant: { rates } }: SandboxFigures): string =>
  table(
    ['throughput, median of rounds in turn', 'runs/s'],
    [
      ['bare python3 of the host, nproc at once', rates.host.toFixed(1)],
      ['bare python3 of the image, nproc at once', rates.image.toFixed(1)],
      ['per-tenant over HTTP, saturated', rates.runledger.toFixed(1)],
    ],
  )

export const sandboxTables = (figures: SandboxFigures): string =>
  [
    latencyTable(figures),
    rateTable(figures),
    table(
      ['target', 'bound', 'measured', 'reached'],
      sandboxTargets(figures).map(({ what, bound, measured, reached }) => [
        what,
        bound,
        measured,
        reached ? 'yes' : 'NO',
      ]),
    ),
  ].join('\n\n')
