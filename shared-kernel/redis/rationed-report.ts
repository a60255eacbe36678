import { toError } from 'fp-ts/lib/Either.js'
import type { Logger } from '../logger/logger.ts'

type Level = 'debug' | 'warn' | 'error'

export type Report = (level: Level, error: unknown, message: string) => void

/**
 * Logs an error at most once in `quietMs`, whatever its other members: an outage repeats the same complaint many times a
 * second. Kinds beyond `rememberedKinds` displace the oldest, so that texts with ids in them do not pile up.
 */
export const rationedReport = (logger: Logger, quietMs = 30_000, rememberedKinds = 100): Report => {
  const lastSaid = new Map<string, number>()

  const isDue = (kind: string): boolean => {
    const now = performance.now()
    const last = lastSaid.get(kind)
    if (last !== undefined && now - last < quietMs) return false
    lastSaid.delete(kind)
    lastSaid.set(kind, now)
    const [oldest] = lastSaid.keys()
    if (lastSaid.size > rememberedKinds && oldest !== undefined) lastSaid.delete(oldest)
    return true
  }

  return (level, error, message) => {
    if (isDue(`${message}: ${toError(error).message}`)) logger[level]({ err: error }, message)
  }
}
