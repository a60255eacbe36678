const sorted = (values: ReadonlyArray<number>): ReadonlyArray<number> => [...values].sort((a, b) => a - b)

/** Nearest-rank percentile of at least one value; `share` from 0 to 1. */
export const percentile = (values: ReadonlyArray<number>, share: number): number => {
  const ranked = sorted(values)
  const value = ranked[Math.max(0, Math.ceil(share * ranked.length) - 1)]
  if (value === undefined) throw new Error('percentile of nothing')
  return value
}

export const median = (values: ReadonlyArray<number>): number => percentile(values, 0.5)
