import { median, percentile } from '../measurements/statistics.ts'
import { table } from './table.ts'
import type { Target } from './targets.ts'

type Latencies = ReadonlyArray<number>

/** Of one program at a time: on the host each run is timed, in the image all of them together. */
type Compared = Readonly<{ bare: Readonly<{ host: Latencies; imageMs: number }>; latencies: Latencies }>

export type SandboxFigures = Readonly<{
  perTenant: Compared &
    Readonly<{
      /** Runs per second, and the medians of the ratios round by round. */
      rates: Readonly<{ host: number; image: number; runledger: number; toHost: number; toImage: number }>
    }>
  singleUse: Compared &
    Readonly<{
      /** Of a container that waits for a program, above what the kernel takes for it. */
      idleMiB: number
    }>
}>

const ms = (value: number): string => `${value.toFixed(1)} ms`

const latencyTarget = (what: string, ours: number, bare: number, allowedMs: number): Target => ({
  what,
  bound: `<= bare + ${allowedMs} ms = ${ms(bare + allowedMs)}`,
  measured: ms(ours),
  reached: ours <= bare + allowedMs,
})

const latencyTargets = (what: string, { bare, latencies }: Compared, allowedMs: number): ReadonlyArray<Target> => [
  latencyTarget(`${what}, to the same python3`, median(latencies), bare.imageMs, allowedMs),
  latencyTarget(`${what}, to the host's python3`, median(latencies), median(bare.host), allowedMs),
]

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
  ...latencyTargets('per-tenant, back to back, p50', perTenant, 12),
  ...latencyTargets('single-use, each 500 ms, p50', singleUse, 20),
  {
    what: 'memory of a warm container, idle',
    bound: '<= 4.0 MiB',
    measured: `${singleUse.idleMiB.toFixed(1)} MiB`,
    reached: singleUse.idleMiB <= 4,
  },
]

const latencyRows = (what: string, { bare, latencies }: Compared): ReadonlyArray<ReadonlyArray<string>> => [
  [what, median(latencies).toFixed(1), percentile(latencies, 0.95).toFixed(1)],
  ['- bare python3 of the image, mean', bare.imageMs.toFixed(1), ''],
  ['- bare python3 of the host', median(bare.host).toFixed(1), percentile(bare.host, 0.95).toFixed(1)],
]

const latencyTable = ({ perTenant, singleUse }: SandboxFigures): string =>
  table(
    ['latency at concurrency 1', 'p50 ms', 'p95 ms'],
    [...latencyRows('per-tenant, back to back', perTenant), ...latencyRows('single-use, one each 500 ms', singleUse)],
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
