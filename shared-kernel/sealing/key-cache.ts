import type { KeyObject } from 'node:crypto'

type Kept = Readonly<{ key: KeyObject; until: number }>

const most = 4096

/** Keys opened lately, each for a bounded time, and no more than a bounded number of them. */
export const createKeyCache = (lifetimeMs: number) => {
  const kept = new Map<string, Kept>()

  // In the order they were kept, which is the order they end in.
  const trim = (now: number): void => {
    for (const [stream, { until }] of kept) {
      if (until > now && kept.size <= most) return
      kept.delete(stream)
    }
  }

  return {
    get: (stream: string): KeyObject | null => {
      const found = kept.get(stream)
      return found !== undefined && found.until > performance.now() ? found.key : null
    },
    keep: (stream: string, key: KeyObject): KeyObject => {
      const now = performance.now()
      kept.delete(stream)
      kept.set(stream, { key, until: now + lifetimeMs })
      trim(now)
      return key
    },
    forget: (streams: ReadonlyArray<string>): void => {
      for (const stream of streams) kept.delete(stream)
    },
  }
}
