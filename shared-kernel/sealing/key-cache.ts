import { createRecent } from '../types/recent.ts'
import type { DataKey } from './seal-bytes.ts'

type Kept = Readonly<{ key: DataKey; until: number }>

const most = 512

/** Keys opened lately, each for a bounded time, and no more than a bounded number of them. */
export const createKeyCache = (lifetimeMs: number) => {
  const kept = createRecent<Kept>(most)

  return {
    get: (stream: string): DataKey | null => {
      const found = kept.get(stream)
      return found !== undefined && found.until > performance.now() ? found.key : null
    },
    keep: (stream: string, key: DataKey): DataKey => {
      kept.set(stream, { key, until: performance.now() + lifetimeMs })
      return key
    },
    forget: (streams: ReadonlyArray<string>): void => {
      for (const stream of streams) kept.delete(stream)
    },
  }
}
