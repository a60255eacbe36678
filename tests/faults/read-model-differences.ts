import { projectionKey } from '@runledger/query-service/projector/projection.ts'
import { projections } from '@runledger/query-service/read-models/projections.ts'
import { verifyProjection } from '@runledger/query-service/rebuild/verify-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

/** Names what in the live read models is not as a fold of the whole log from zero makes it. */
export const readModelDifferences = async (log: EventLog, store: ReadModelStore): Promise<ReadonlyArray<string>> => {
  const tails = rightOf(await log.tails()())
  const differences: Array<string> = []
  for (const projection of projections) {
    const key = projectionKey(projection)
    const positions = rightOf(await store.checkpoints(key)())
    for (const [p, tail] of tails.entries()) {
      const position = positions.get(p) ?? 0
      if (position !== tail)
        differences.push(`${key} has followed partition ${p} to ${position}, the log is at ${tail}`)
    }
    differences.push(...rightOf(await verifyProjection(log, store, projection)).differences)
  }
  return differences
}
