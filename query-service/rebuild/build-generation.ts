import type { RecordedEvent, StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Document, ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { decodeFeedItem } from '../projector/decode-feed-item.ts'
import { foldBatch, type Selected, selectEvents } from '../projector/fold-batch.ts'
import { parkedCollection } from '../projector/parked-streams.ts'
import { collectionsOf, documentCollection, type Projection, projectionKey } from '../projector/projection.ts'
import { type BulkFault, type BulkOptions, cannotGoOn } from './bulk-work.ts'

type Sources = Readonly<{ log: Pick<EventLog, 'readPartition' | 'tails'>; store: ReadModelStore }>
type Done<A> = Promise<Either<BulkFault, A>>

// A batch is one transaction of the store: small enough that whoever waits to write beside it waits for milliseconds.
const commitsPerBatch = 512
const bytesPerBatch = 1024 * 1024
/** What whoever follows the log takes in at once. */
const nearEnough = 256

const beginsHere = (events: ReadonlyArray<RecordedEvent>): boolean =>
  events[0]?.version === 1 && events.every(({ stream }) => stream === events[0]?.stream)

const loadDocuments = async (
  { store }: Sources,
  projection: Projection,
  { events }: Selected,
): Done<ReadonlyMap<string, Document>> => {
  const documents = new Map<string, Document>()
  // What begins in this batch is stored by a run that was cut off, if at all: then the guards skip it.
  const wanted = [...events].filter(([, ofDocument]) => !beginsHere(ofDocument)).map(([id]) => id)
  const collection = documentCollection(projection)
  for (const read of await Promise.all(wanted.map(id => store.get(collection, id)()))) {
    if (isLeft(read)) return left(cannotGoOn(read.left))
    if (read.right !== null) documents.set(read.right.id, read.right)
  }
  return right(documents)
}

const takeIn = async (sources: Sources, projection: Projection, commits: ReadonlyArray<StoredCommit>): Done<void> => {
  const selected = selectEvents(projection, commits.map(decodeFeedItem), () => false)
  const documents = await loadDocuments(sources, projection, selected)
  if (isLeft(documents)) return documents
  const { writes, parked } = foldBatch(projection, selected, documents.right)
  const [poison] = parked
  if (poison !== undefined) {
    const { stream, position, error } = poison
    const at = `position ${position.n} of partition ${position.p}`
    return left({ kind: 'failed', why: `stream ${stream} cannot be folded at ${at}: ${error}` })
  }
  const last = commits.at(-1)
  const moved = last === undefined ? [] : [{ projection: projectionKey(projection), partition: last.p, n: last.n }]
  const applied = await sources.store.apply(writes, moved)()
  return isLeft(applied) ? left(cannotGoOn(applied.left)) : right(undefined)
}

const ensureCollections = async ({ store }: Sources, projection: Projection): Done<void> => {
  for (const collection of [parkedCollection, ...collectionsOf(projection)]) {
    const ensured = await store.ensure(collection)()
    if (isLeft(ensured)) return left(cannotGoOn(ensured.left))
  }
  return right(undefined)
}

const sizeOf = (commits: ReadonlyArray<StoredCommit>): number =>
  commits.reduce((bytes, { events }) => bytes + events.length, 0)

const nextLimit = (limit: number, commits: ReadonlyArray<StoredCommit>): number =>
  sizeOf(commits) > bytesPerBatch ? Math.max(16, limit >> 1) : Math.min(commitsPerBatch, limit << 1)

type Stretch = Readonly<{ p: number; from: number; passed: (commits: number) => boolean }>

const readOn = async (
  { log }: Sources,
  { p, after, limit }: Readonly<{ p: number; after: number; limit: number }>,
): Done<ReadonlyArray<StoredCommit>> => {
  const page = await log.readPartition(p, after, limit)()
  if (isLeft(page)) return left(cannotGoOn(page.left))
  if ((page.right.at(-1)?.n ?? after) === after + page.right.length) return page
  return left({ kind: 'interrupted', why: `a position after ${after} of partition ${p} is missing in the log` })
}

/** Reads on and on in one partition; large commits are asked for in smaller numbers. Answers how far it came. */
const buildPartition = async (sources: Sources, projection: Projection, stretch: Stretch): Done<number> => {
  let after = stretch.from
  let limit = commitsPerBatch
  for (;;) {
    const page = await readOn(sources, { p: stretch.p, after, limit })
    if (isLeft(page)) return page
    if (page.right.length === 0) return right(after)
    const taken = await takeIn(sources, projection, page.right)
    if (isLeft(taken)) return taken
    after += page.right.length
    limit = nextLimit(limit, page.right)
    if (!stretch.passed(page.right.length)) return left({ kind: 'interrupted', why: 'it was told to stop' })
  }
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0)

/** One walk over all partitions, from `positions`, which it moves. Answers whether it found them close to the tails. */
const walk = async (
  sources: Sources,
  projection: Projection,
  positions: Map<number, number>,
  { mayGoOn, onProgress }: BulkOptions,
): Done<boolean> => {
  const tails = await sources.log.tails()()
  if (isLeft(tails)) return left(cannotGoOn(tails.left))
  const total = sum(tails.right)
  let done = sum(positions.values())
  if (positions.size > 0 && total - done <= nearEnough) return right(true)
  const passed = (commits: number): boolean => {
    done += commits
    onProgress({ done, total: Math.max(done, total) })
    return mayGoOn()
  }
  for (const p of tails.right.keys()) {
    const reached = await buildPartition(sources, projection, { p, from: positions.get(p) ?? 0, passed })
    if (isLeft(reached)) return reached
    positions.set(p, reached.right)
  }
  return right(false)
}

/**
 * Folds the log into the generation's own collections, from its checkpoints, until it is close behind the tails. May be
 * cut off anywhere and begun again. Strict: what cannot be folded ends it.
 */
export const buildGeneration = async (sources: Sources, projection: Projection, options: BulkOptions): Done<void> => {
  const ensured = await ensureCollections(sources, projection)
  if (isLeft(ensured)) return ensured
  const stored = await sources.store.checkpoints(projectionKey(projection))()
  if (isLeft(stored)) return left(cannotGoOn(stored.left))
  const positions = new Map(stored.right)
  for (;;) {
    const isNear = await walk(sources, projection, positions, options)
    if (isLeft(isNear)) return isNear
    if (isNear.right) return right(undefined)
  }
}
