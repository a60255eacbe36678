import { type Projection, projectionKey } from '@runledger/query-service/projector/projection.ts'
import { projections } from '@runledger/query-service/read-models/projections.ts'
import { foldDifferences, readableGenerations } from '@runledger/query-service/rebuild/fold-differences.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

const lagOf = async (log: EventLog, store: ReadModelStore, generation: Projection): Promise<ReadonlyArray<string>> => {
  const key = projectionKey(generation)
  const tails = rightOf(await log.tails()())
  const positions = rightOf(await store.checkpoints(key)())
  return tails.flatMap((tail, p) => {
    const position = positions.get(p) ?? 0
    return position === tail ? [] : `${key} has followed partition ${p} to ${position}, the log is at ${tail}`
  })
}

/** Names what in the read models is not as a fold of the whole log from zero makes it. */
export const readModelDifferences = async (log: EventLog, store: ReadModelStore): Promise<ReadonlyArray<string>> => {
  const differences: Array<string> = []
  for (const generation of await readableGenerations(store, projections))
    differences.push(...(await lagOf(log, store, generation)))
  return [...differences, ...(await foldDifferences(log, store, projections))]
}
