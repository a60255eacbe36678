import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Projection } from '../projector/projection.ts'

const mostNamed = 20

/** The first differences by name, and how many there are. */
export const collectDifferences = () => {
  const differences: Array<string> = []
  let count = 0
  return {
    differences,
    count: () => count,
    add: (collection: string, id: string, what: string): void => {
      count += 1
      if (differences.length < mostNamed) differences.push(`${collection} ${id}: ${what}`)
    },
  }
}

/** How many documents and rows the fold made, by collection. */
export const countMade = () => {
  const counts = new Map<string, number>()
  return {
    add: (collection: string, by = 1): void => void counts.set(collection, (counts.get(collection) ?? 0) + by),
    of: (collection: string): number => counts.get(collection) ?? 0,
  }
}

/** A projection that is compared with its log, and what has come of that so far. */
export type Comparison = Readonly<{
  log: Pick<EventLog, 'readPartition' | 'readStream' | 'tails'>
  store: ReadModelStore
  projection: Projection
  found: ReturnType<typeof collectDifferences>
  made: ReturnType<typeof countMade>
}>

type Stopped = Readonly<{ _tag: 'Stopped'; message: string }>

export const stopped: Stopped = { _tag: 'Stopped', message: 'it was told to stop' }

export type Compared<A> = Promise<Either<EventLogFault | ReadModelStoreFault | Stopped, A>>
