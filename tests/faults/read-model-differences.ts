import { projectionKey } from '@runledger/query-service/projector/projection.ts'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { verifyProjection } from '@runledger/query-service/rebuild/verify-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

/** Names what in the live read models is not as a fold of the whole log from zero makes it. */
export const readModelDifferences = async (log: EventLog, store: ReadModelStore): Promise<ReadonlyArray<string>> => {
  const tails = rightOf(await log.tails()())
  const positions = rightOf(await store.checkpoints(projectionKey(resultProjection))())
  const behind = tails.flatMap((tail, p) =>
    (positions.get(p) ?? 0) === tail ? [] : [`partition ${p} is at ${positions.get(p) ?? 0}, the log at ${tail}`],
  )
  return [...behind, ...rightOf(await verifyProjection(log, store, resultProjection)).differences]
}
