import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type {
  Document,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type AcrossStreams, facts } from './across-streams.ts'
import { additionsOf, factsOf, factWrites, tallyWrites } from './fold-across.ts'
import { type FoldedBatch, foldBatch, type Selected } from './fold-batch.ts'
import { documentCollection, type Projection, rowCollection } from './projection.ts'

type Store = Pick<ReadModelStore, 'get'>
type Done<A> = Promise<Either<ReadModelStoreFault, A>>

/** The documents of a collection that are there, by id. */
const loadDocuments = async (
  store: Store,
  collection: string,
  ids: Iterable<string>,
): Done<ReadonlyMap<string, Document>> => {
  const documents = new Map<string, Document>()
  for (const read of await Promise.all([...ids].map(id => store.get(collection, id)()))) {
    if (isLeft(read)) return left(read.left)
    if (read.right !== null) documents.set(read.right.id, read.right)
  }
  return right(documents)
}

/**
 * What is known of a document without asking the store, and of the events about it. Null: nothing of it can be there that
 * the guards would not skip.
 */
export type Recall = (id: string, events: ReadonlyArray<RecordedEvent>) => Document | null | 'unknown'

/** What is known of documents, and of the facts that tallies need; absent: of facts nothing. */
type Recalls = Readonly<{ document: Recall; fact?: Recall }>

/** The documents of these events, by id: those recalled, else those the store holds. */
const recallOrLoad = async (
  store: Store,
  collection: string,
  wanted: ReadonlyMap<string, ReadonlyArray<RecordedEvent>>,
  recall: Recall,
): Done<ReadonlyMap<string, Document>> => {
  const documents = new Map<string, Document>()
  const toLoad: Array<string> = []
  for (const [id, events] of wanted) {
    const document = recall(id, events)
    if (document === 'unknown') toLoad.push(id)
    else if (document !== null) documents.set(id, document)
  }
  const stored = await loadDocuments(store, collection, toLoad)
  if (isLeft(stored)) return stored
  for (const [id, document] of stored.right) documents.set(id, document)
  return right(documents)
}

const unknown: Recall = () => 'unknown'

const bodyOf = ([id, { body }]: readonly [string, Document]) => [id, body] as const

const foldTallies = async (
  store: Store,
  projection: Projection,
  { across, recall }: Readonly<{ across: AcrossStreams; recall: Recalls }>,
  { events: byStream, parked }: Selected,
): Done<FoldedBatch> => {
  const events = [...byStream.values()].flat()
  const leaves = factsOf(across, events)
  const needed = events.flatMap(across.needs).filter(id => !leaves.has(id))
  const missing = new Map(needed.map(id => [id, []]))
  const known = await recallOrLoad(store, rowCollection(projection, facts), missing, recall.fact ?? unknown)
  if (isLeft(known)) return known
  const placed = additionsOf(across, events, new Map([...[...known.right].map(bodyOf), ...leaves]))
  const wanted = new Map([...placed.keys()].map(id => [id, []]))
  const documents = await recallOrLoad(store, documentCollection(projection), wanted, recall.document)
  if (isLeft(documents)) return documents
  const writes = [...factWrites(projection, leaves), ...tallyWrites(projection, placed, documents.right)]
  return right({ writes, parked })
}

/**
 * Folds what was selected over the documents it is about, and tallies by the facts it needs: those recalled, else those
 * the store holds.
 */
export const foldSelected = async (
  store: Store,
  projection: Projection,
  selected: Selected,
  recall: Recalls,
): Done<FoldedBatch> => {
  const { across } = projection
  if (across !== undefined) return foldTallies(store, projection, { across, recall }, selected)
  const documents = await recallOrLoad(store, documentCollection(projection), selected.events, recall.document)
  return isLeft(documents) ? documents : right(foldBatch(projection, selected, documents.right))
}
