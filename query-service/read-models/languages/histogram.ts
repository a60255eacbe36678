/** Buckets grow by this factor: their middle is at most 2 % off anything in them. */
const growth = 1.04

/** The bucket of a duration in whole milliseconds; all below one share bucket 0 with one. */
export const bucketOf = (ms: number): number => (ms <= 1 ? 0 : Math.ceil(Math.log(ms) / Math.log(growth) - 1e-9))

const middleOf = (bucket: number): number => (bucket === 0 ? 1 : (2 * growth ** bucket) / (growth + 1))

/** The duration that a part of all (0 to 1) did not exceed; null where there is none. `zero` counts durations of 0. */
export const quantile = (buckets: ReadonlyMap<number, number>, zero: number, part: number): number | null => {
  const total = [...buckets.values()].reduce((sum, count) => sum + count, zero)
  if (total === 0) return null
  const rank = Math.max(1, Math.ceil(part * total))
  let seen = zero
  if (seen >= rank) return 0
  for (const [bucket, count] of [...buckets].sort(([a], [b]) => a - b)) {
    seen += count
    if (seen >= rank) return middleOf(bucket)
  }
  return null
}
