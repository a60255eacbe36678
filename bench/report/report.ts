import type { Figures } from '../measure-all.ts'
import { median, percentile } from '../measurements/statistics.ts'
import { barChartsSvg } from './bar-chart-svg.ts'
import { table } from './table.ts'
import { targets } from './targets.ts'

type Latencies = Readonly<{ name: string; latencies: ReadonlyArray<number> }>

const latencies = ({ bare, plainAlone, paced, backToBack }: Figures): ReadonlyArray<Latencies> => [
  { name: '(a) bare python3, nproc at once', latencies: bare.durationsMs },
  { name: '(b) plain container, one at a time', latencies: plainAlone.durationsMs },
  { name: '(c) Runledger, one each 500 ms', latencies: paced },
  { name: '(c) Runledger, back to back', latencies: backToBack },
]

const latencyTable = (figures: Figures): string => {
  const bare = median(figures.bare.durationsMs)
  const plain = median(figures.plainAlone.durationsMs)
  const row = ({ name, latencies }: Latencies) => {
    const p50 = median(latencies)
    const p95 = percentile(latencies, 0.95)
    return [name, p50.toFixed(1), p95.toFixed(1), (p50 / bare).toFixed(2), (p50 / plain).toFixed(2)]
  }
  return table(['latency', 'p50 ms', 'p95 ms', 'x (a)', 'x (b)'], latencies(figures).map(row))
}

const rates = ({ bare, plainRates, leanRate, saturation }: Figures) => [
  { label: '(a) bare python3, nproc at once', value: bare.perSecond },
  ...plainRates.map(({ concurrency, perSecond }) => ({
    label: `(b) plain containers, ${concurrency} at once`,
    value: perSecond,
  })),
  { label: '    plain, networking disabled as ours', value: leanRate.perSecond },
  { label: '(b) plain, in turn with Runledger', value: saturation.plain },
  { label: '(c) Runledger, saturated', value: saturation.runledger },
]

const rateTable = (figures: Figures): string => {
  const { bare, saturation } = figures
  const row = ({ label, value }: { label: string; value: number }) => [
    label,
    value.toFixed(2),
    (value / bare.perSecond).toFixed(3),
    (value / saturation.plain).toFixed(2),
  ]
  return table(['throughput', 'runs/s', 'x (a)', 'x (b)'], rates(figures).map(row))
}

const appendTable = ({ appends }: Figures): string =>
  table(
    ['appends', 'per second', 'x raw'],
    [
      ['(d) raw one-row transactions', appends.raw.toFixed(0), '1.00'],
      [`(d) event log, ${appends.writers} in flight`, appends.concurrent.toFixed(0), appends.ratio.toFixed(2)],
    ],
  )

const floodTable = ({ flood }: Figures): string =>
  table(
    ['100 MiB flood', 'value'],
    [
      ['memory grown, MiB', (flood.grownBytes / 1024 / 1024).toFixed(1)],
      ["neighbour's p50 alone, ms", flood.quietP50.toFixed(1)],
      ["neighbour's p50 beside it, ms", flood.floodedP50.toFixed(1)],
      ['ratio, median of rounds', flood.ratio.toFixed(2)],
    ],
  )

const targetTable = (figures: Figures): string =>
  table(
    ['target', 'bound', 'measured', 'reached'],
    targets(figures).map(({ what, bound, measured, reached }) => [what, bound, measured, reached ? 'yes' : 'NO']),
  )

export const reportTables = (figures: Figures): string =>
  [latencyTable, rateTable, appendTable, floodTable, targetTable].map(part => part(figures)).join('\n\n')

export const reportPlot = (figures: Figures): string =>
  barChartsSvg([
    {
      title: 'Latency of print(1), p50 in ms (less is better)',
      bars: latencies(figures).map(({ name, latencies }) => ({ label: name, value: median(latencies) })),
    },
    { title: 'Throughput of print(1), runs per second (more is better)', bars: rates(figures) },
    {
      title: 'Durable appends per second (more is better)',
      bars: [
        { label: '(d) raw one-row transactions', value: figures.appends.raw },
        { label: '(d) event log, appends in flight', value: figures.appends.concurrent },
      ],
    },
  ])
