import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type {
  Checkpoint,
  Document,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type FeedItem, foldBatch, selectEvents } from './fold-batch.ts'
import { loadParkedStreams, parkedCollection, parkStream } from './parked-streams.ts'
import { collectionsOf, documentCollection, type Projection, projectionKey } from './projection.ts'

/** The events that were new to the projection, and the streams it parked. */
type Progressed = Readonly<{ events: ReadonlyArray<RecordedEvent>; parked: ReadonlyArray<string> }>

/** One projection following the log, with its progress as the store holds it. */
export type LiveProjection = Readonly<{
  projection: Projection
  /** Position up to which everything of this partition is applied. */
  checkpoint: (partition: number) => number
  parked: ReadonlySet<string>
  /** Applies what of the items is beyond the checkpoints, then moves them. */
  apply: (items: ReadonlyArray<FeedItem>) => Promise<Either<ReadModelStoreFault, Progressed>>
}>

const loadDocuments = async (
  store: ReadModelStore,
  collection: string,
  ids: Iterable<string>,
): Promise<Either<ReadModelStoreFault, ReadonlyMap<string, Document>>> => {
  const documents = new Map<string, Document>()
  for (const read of await Promise.all([...ids].map(id => store.get(collection, id)()))) {
    if (isLeft(read)) return left(read.left)
    if (read.right !== null) documents.set(read.right.id, read.right)
  }
  return right(documents)
}

const checkpointsOf = (projection: string, items: ReadonlyArray<FeedItem>): ReadonlyArray<Checkpoint> => {
  const last = new Map(items.map(({ position }): [number, number] => [position.p, position.n]))
  return [...last].map(([partition, n]) => ({ projection, partition, n }))
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
  const [progress, parkedBefore] = await Promise.all([store.checkpoints(key)(), loadParkedStreams(store, key)])
  if (isLeft(progress)) return progress
  if (isLeft(parkedBefore)) return parkedBefore
  const positions = new Map(progress.right)
  const parked = parkedBefore.right

  const checkpoint = (partition: number): number => positions.get(partition) ?? 0
  const isNew = ({ p, n }: Position): boolean => n > checkpoint(p)

  const apply: LiveProjection['apply'] = async all => {
    const items = all.filter(({ position }) => isNew(position))
    if (items.length === 0) return right({ events: [], parked: [] })
    const selected = selectEvents(projection, items, stream => parked.has(stream))
    const documents = await loadDocuments(store, documentCollection(projection), selected.events.keys())
    if (isLeft(documents)) return documents
    const folded = foldBatch(projection, selected, documents.right)
    const checkpoints = checkpointsOf(key, items)
    const applied = await store.apply([...folded.writes, ...folded.parked.map(parkStream)], checkpoints)()
    if (isLeft(applied)) return applied
    for (const { partition, n } of checkpoints) positions.set(partition, n)
    for (const { stream } of folded.parked) parked.add(stream)
    return right({ events: [...selected.events.values()].flat(), parked: folded.parked.map(({ stream }) => stream) })
  }

  return right({ projection, checkpoint, parked, apply })
}
