import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { openGenerations } from '../generations/registry.ts'
import { atGeneration, type Projection } from '../projector/projection.ts'
import { verifyProjection } from './verify-projection.ts'

type Log = Pick<EventLog, 'tails' | 'readPartition' | 'readStream'>

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, fatal: () => {} }

/** What is kept up with the log and may be read, of every projection: several generations may stand side by side. */
export const readableGenerations = async (store: ReadModelStore, projections: ReadonlyArray<Projection>) => {
  const generations = openGenerations({ store, projections, logger: silent })
  await generations.refresh()
  return projections.flatMap(projection =>
    generations
      .record(projection)
      .generations.filter(({ state, code }) => state === 'ready' && code === projection.version)
      .map(({ number }) => atGeneration(projection, number)),
  )
}

/** Names what in the read models is not as a fold of the log makes it, as far as they have followed it. */
export const foldDifferences = async (
  log: Log,
  store: ReadModelStore,
  projections: ReadonlyArray<Projection>,
): Promise<ReadonlyArray<string>> => {
  const differences: Array<string> = []
  for (const generation of await readableGenerations(store, projections)) {
    const verified = await verifyProjection(log, store, generation)
    if (isLeft(verified)) throw new Error(verified.left.message)
    differences.push(...verified.right.differences)
  }
  return differences
}
