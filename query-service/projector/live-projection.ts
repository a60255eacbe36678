import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type {
  Applied,
  Checkpoint,
  Document,
  ReadModelStore,
  ReadModelStoreFault,
  Write,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Holdings } from '@runledger/shared-kernel/sharing/shares.ts'
import { createRecent } from '@runledger/shared-kernel/types/recent.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { documentMemory } from './document-memory.ts'
import { documentsIn, type FeedItem, rowsIn, selectEvents } from './fold-batch.ts'
import { foldSelected, type Recall } from './fold-selected.ts'
import { loadParkedStreams, parkedCollection, parkStream } from './parked-streams.ts'
import { collectionsOf, type Projection, projectionKey } from './projection.ts'

/**
 * The events that were new to the projection, the streams it parked, and the partitions whose checkpoint did not move
 * since another projector has taken over.
 */
export type Progressed = Readonly<{
  events: ReadonlyArray<RecordedEvent>
  parked: ReadonlyArray<string>
  deposed: ReadonlyArray<number>
}>

/** One projection following the log, with its progress as the store holds it. */
export type LiveProjection = Readonly<{
  projection: Projection
  /** Everything of this partition up to this position is applied, and more may be where another projects it. */
  checkpoint: (partition: number) => number
  parked: ReadonlySet<string>
  /** Fences off whoever projected these partitions before, then takes up what they left. Answers those held by a later one. */
  takeUp: (holdings: Holdings) => Promise<Either<ReadModelStoreFault, ReadonlyArray<number>>>
  /** These streams have been replayed: what follows of them is applied again. */
  unpark: (streams: ReadonlyArray<string>) => void
  /** Folds what of the items is beyond the checkpoints. */
  draft: (items: ReadonlyArray<FeedItem>) => Promise<Either<ReadModelStoreFault, Progress>>
}>

/** What the store is to apply, and how the projection goes on once it has, given the partitions that did not move. */
export type Progress = Readonly<{
  writes: ReadonlyArray<Write>
  checkpoints: ReadonlyArray<Checkpoint>
  settle: (applied: Applied) => Progressed
}>

// A result's document is a few hundred bytes, a tally's no more; bodies of text are rows of their own.
const documentsRemembered = 512
// Of as many submissions as are under way at once on a busy day.
const factsRemembered = 512

const lastPositions = (items: ReadonlyArray<FeedItem>): ReadonlyMap<number, number> =>
  new Map(items.map(({ position }): [number, number] => [position.p, position.n]))

const checkpointAt =
  (projection: string, fences: Holdings) =>
  ([partition, n]: readonly [number, number]): Checkpoint => {
    const fence = fences.get(partition) ?? null
    return fence === null ? { projection, partition, n } : { projection, partition, n, fence }
  }

/** Makes the collections where they are absent and takes up the progress the store holds. */
export const resumeProjection = async (
  store: ReadModelStore,
  projection: Projection,
): Promise<Either<ReadModelStoreFault, LiveProjection>> => {
  const key = projectionKey(projection)
  for (const collection of [parkedCollection, ...collectionsOf(projection)]) {
    const ensured = await store.ensure(collection)()
    if (isLeft(ensured)) return ensured
  }
  const positions = new Map<number, number>()
  const parked = new Set<string>()
  const memory = documentMemory(documentsRemembered)
  // Before the first event of a stream there is no document; where there is one all the same, the guards skip ours.
  const recallOfStream: Recall = (id, [first]) =>
    first?.version === 1 ? null : (memory.recall(id, first?.version ?? 0) ?? 'unknown')
  // A tally holds everything of its partition up to its version, whoever wrote it.
  const recallTally: Recall = id => memory.latest(id) ?? 'unknown'
  // Written once: what a stream left at its beginning is needed a moment later, when it ends.
  const facts = createRecent<Document>(factsRemembered)
  const recall = {
    document: projection.across === undefined ? recallOfStream : recallTally,
    fact: (id: string) => facts.get(id) ?? 'unknown',
  } as const
  let fences: Holdings = new Map()

  const load = async (): Promise<Either<ReadModelStoreFault, void>> => {
    const [progress, parkedBefore] = await Promise.all([store.checkpoints(key)(), loadParkedStreams(store, key)])
    if (isLeft(progress)) return progress
    if (isLeft(parkedBefore)) return parkedBefore
    for (const [partition, n] of progress.right) positions.set(partition, n)
    parked.clear()
    for (const { stream } of parkedBefore.right) parked.add(stream)
    return right(undefined)
  }

  const takeUp: LiveProjection['takeUp'] = async holdings => {
    memory.forget()
    const fencing = [...holdings.keys()].map(partition => checkpointAt(key, holdings)([partition, 0]))
    const fencedOff = await store.apply([], fencing)()
    if (isLeft(fencedOff)) return fencedOff
    const loaded = await load()
    if (isLeft(loaded)) return loaded
    fences = new Map([...fences, ...holdings])
    return right(fencedOff.right.deposed)
  }

  const moveOn = (checkpoints: ReadonlyArray<Checkpoint>): void => {
    for (const { partition, n } of checkpoints) positions.set(partition, n)
  }

  const checkpoint = (partition: number): number => positions.get(partition) ?? 0
  const isNew = ({ p, n }: Position): boolean => n > checkpoint(p)

  const draft: LiveProjection['draft'] = async all => {
    const items = all.filter(({ position }) => isNew(position))
    const selected = selectEvents(projection, items, stream => parked.has(stream))
    const batch = await foldSelected(store, projection, selected, recall)
    if (isLeft(batch)) return batch
    const folded = batch.right
    const checkpoints = [...lastPositions(items)].map(checkpointAt(key, fences))

    const settle = ({ deposed }: Applied): Progressed => {
      memory.remember(documentsIn(folded.writes))
      if (projection.across !== undefined) for (const fact of rowsIn(folded.writes)) facts.set(fact.id, fact)
      moveOn(checkpoints.filter(({ partition }) => !deposed.includes(partition)))
      for (const { stream } of folded.parked) parked.add(stream)
      const events = [...selected.events.values()].flat()
      return { events, parked: folded.parked.map(({ stream }) => stream), deposed }
    }

    return right({ writes: [...folded.writes, ...folded.parked.map(each => parkStream(each))], checkpoints, settle })
  }

  const unpark = (streams: ReadonlyArray<string>): void => {
    for (const stream of streams) parked.delete(stream)
  }

  const loaded = await load()
  return isLeft(loaded) ? loaded : right({ projection, checkpoint, parked, takeUp, unpark, draft })
}
