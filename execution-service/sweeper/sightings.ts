/** When this process first saw something, by its own monotonic clock; what is not seen for a whole round is forgotten. */
export const createSightings = (monotonic: () => number) => {
  const first = new Map<string, number>()
  let seen = new Set<string>()

  const sinceFirst = (name: string): number => {
    const now = monotonic()
    const at = first.get(name) ?? now
    first.set(name, at)
    seen.add(name)
    return now - at
  }

  return {
    sinceFirst,
    beginRound: (): void => {
      seen = new Set()
    },
    endRound: (): void => {
      for (const name of first.keys()) if (!seen.has(name)) first.delete(name)
    },
  }
}
