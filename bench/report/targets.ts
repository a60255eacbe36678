import type { Figures } from '../measure-all.ts'
import { median } from '../measurements/statistics.ts'

export type Target = Readonly<{ what: string; bound: string; measured: string; reached: boolean }>

const ms = (value: number): string => `${value.toFixed(1)} ms`
const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`

const latencyTargets = ({ bare, paced, plainAlone }: Figures): ReadonlyArray<Target> => {
  const ours = median(paced)
  const bareBound = median(bare.durationsMs) + 30
  const plainBound = median(plainAlone.durationsMs) / 5
  return [
    {
      what: 'paced latency p50',
      bound: `<= bare p50 + 30 ms = ${ms(bareBound)}`,
      measured: ms(ours),
      reached: ours <= bareBound,
    },
    {
      what: 'paced latency p50',
      bound: `<= 1/5 of plain p50 = ${ms(plainBound)}`,
      measured: ms(ours),
      reached: ours <= plainBound,
    },
  ]
}

const floodTargets = ({ flood }: Figures): ReadonlyArray<Target> => [
  {
    what: 'memory grown by 100 MiB floods',
    bound: '< 64 MiB',
    measured: mebibytes(flood.grownBytes),
    reached: flood.grownBytes < 64 * 1024 * 1024,
  },
  {
    what: "neighbour's p50 beside a flood",
    bound: '<= 2.00 x alone',
    measured: `${flood.ratio.toFixed(2)} x`,
    reached: flood.ratio <= 2,
  },
]

const rateTargets = ({ saturation, appends }: Figures): ReadonlyArray<Target> => [
  {
    what: 'saturated throughput',
    bound: '>= 0.90 x plain',
    measured: `${saturation.ratio.toFixed(2)} x`,
    reached: saturation.ratio >= 0.9,
  },
  {
    what: 'concurrent appends',
    bound: '>= 2.00 x raw transactions',
    measured: `${appends.ratio.toFixed(2)} x`,
    reached: appends.ratio >= 2,
  },
]

/** What must be reached, against what was measured in this run. */
export const targets = (figures: Figures): ReadonlyArray<Target> => [
  ...latencyTargets(figures),
  ...rateTargets(figures),
  ...floodTargets(figures),
]
