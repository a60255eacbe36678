import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { buildGeneration } from './build-generation.ts'
import type { PagedLog } from './bulk-pages.ts'
import { type BulkWork, cannotGoOn } from './bulk-work.ts'
import { verifyProjection } from './verify-projection.ts'

export type BulkSources = Readonly<{
  log: PagedLog & Pick<EventLog, 'readStream' | 'tails'>
  store: ReadModelStore
}>

/** Bulk work between the requests of this very thread. */
export const bulkInProcess = (sources: BulkSources): BulkWork => ({
  build: (projection, options) => buildGeneration(sources, projection, options),
  verify: async (projection, options) => {
    const verified = await verifyProjection(sources.log, sources.store, projection, options)
    if (isLeft(verified)) return left(cannotGoOn(verified.left))
    const { count, differences } = verified.right
    if (count === 0) return right(undefined)
    return left({ kind: 'failed', why: `${count} differences from a fold of the log, first ${differences[0]}` })
  },
})
