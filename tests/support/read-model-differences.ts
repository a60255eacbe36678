import { openGenerations } from '@runledger/query-service/generations/registry.ts'
import { atGeneration, type Projection, projectionKey } from '@runledger/query-service/projector/projection.ts'
import { silent as logger } from '@runledger/query-service/query-service.fixture.ts'
import { projections as ownProjections } from '@runledger/query-service/read-models/projections.ts'
import { verifyProjection } from '@runledger/query-service/rebuild/verify-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

type Log = Pick<EventLog, 'tails' | 'readPartition' | 'readStream'>

/** What is kept up with the log and may be read, of every projection: several generations may stand side by side. */
const readableGenerations = async (store: ReadModelStore, projections: ReadonlyArray<Projection>) => {
  const generations = openGenerations({ store, projections, logger })
  await generations.refresh()
  return projections.flatMap(projection =>
    generations
      .record(projection)
      .generations.filter(({ state, code }) => state === 'ready' && code === projection.version)
      .map(({ number }) => atGeneration(projection, number)),
  )
}

const lagOf = async (log: Log, store: ReadModelStore, generation: Projection): Promise<ReadonlyArray<string>> => {
  const key = projectionKey(generation)
  const tails = rightOf(await log.tails()())
  const positions = rightOf(await store.checkpoints(key)())
  return tails.flatMap((tail, p) => {
    const position = positions.get(p) ?? 0
    return position === tail ? [] : `${key} has followed partition ${p} to ${position}, the log is at ${tail}`
  })
}

/** Names what in the read models is not as a fold of the log makes it, as far as they have followed it. */
export const foldDifferences = async (
  log: Log,
  store: ReadModelStore,
  projections: ReadonlyArray<Projection> = ownProjections,
): Promise<ReadonlyArray<string>> => {
  const differences: Array<string> = []
  for (const generation of await readableGenerations(store, projections))
    differences.push(...rightOf(await verifyProjection(log, store, generation)).differences)
  return differences
}

/** The same of the whole log: that they have not followed it to its end is a difference too. */
export const readModelDifferences = async (log: Log, store: ReadModelStore): Promise<ReadonlyArray<string>> => {
  const lags: Array<string> = []
  for (const generation of await readableGenerations(store, ownProjections))
    lags.push(...(await lagOf(log, store, generation)))
  return [...lags, ...(await foldDifferences(log, store))]
}
