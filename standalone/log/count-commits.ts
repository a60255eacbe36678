import type { LogStorage } from '@runledger/shared-kernel/event-log/log-storage.ts'
import { type Bounds, partitionsWithin } from '@runledger/shared-kernel/log-tools/verify-log.ts'
import * as E from 'fp-ts/lib/Either.js'

const everything: Bounds = { from: new Map(), to: new Map() }

/** How many commits there are to walk within the bounds; null where the store does not say. */
export const totalOf = async (storage: LogStorage, bounds: Bounds = everything): Promise<number | null> => {
  const tails = await storage.tails()()
  if (E.isLeft(tails)) return null
  return partitionsWithin(storage, bounds).reduce((sum, p) => {
    const last = Math.min(tails.right[p] ?? 0, bounds.to.get(p) ?? Number.POSITIVE_INFINITY)
    return sum + Math.max(0, last - (bounds.from.get(p) ?? 1) + 1)
  }, 0)
}
