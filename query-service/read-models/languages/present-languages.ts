import type { Tally } from '../../projector/tally.ts'
import { quantile } from './histogram.ts'

const named = (counts: Tally['counts'], prefix: string): ReadonlyArray<readonly [string, number]> =>
  Object.entries(counts).flatMap(([name, count]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), count] as const] : [],
  )

const quantiles = (counts: Tally['counts'], what: 'wall' | 'queue') => {
  const zero = counts[`${what}:zero`] ?? 0
  const positive = named(counts, `${what}:`).filter(([bucket]) => bucket !== 'zero')
  const buckets = new Map(positive.map(([bucket, count]) => [Number(bucket), count]))
  return { p50: quantile(buckets, zero, 0.5), p95: quantile(buckets, zero, 0.95) }
}

export const presentLanguage = ({ key, time, counts }: Tally) => ({
  language: key,
  hour: time,
  outcomes: Object.fromEntries(named(counts, 'outcome:')),
  wallMs: quantiles(counts, 'wall'),
  queueMs: quantiles(counts, 'queue'),
})
