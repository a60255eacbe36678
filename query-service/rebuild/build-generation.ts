import type { RecordedEvent, StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { nextLimit } from '@runledger/shared-kernel/event-log/page-limit.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { decodeFeedItem } from '../projector/decode-feed-item.ts'
import { selectEvents } from '../projector/fold-batch.ts'
import { foldSelected, type Recall } from '../projector/fold-selected.ts'
import { parkedCollection } from '../projector/parked-streams.ts'
import { collectionsOf, type Projection, projectionKey } from '../projector/projection.ts'
import { type BulkFault, type BulkOptions, cannotGoOn } from './bulk-work.ts'

type Sources = Readonly<{ log: Pick<EventLog, 'readPartition' | 'tails'>; store: ReadModelStore }>
type Done<A> = Promise<Either<BulkFault, A>>

// A batch is one transaction of the store: small enough that whoever waits to write beside it waits for milliseconds.
const commitsPerBatch = 1024
const bytesPerBatch = 2 * 1024 * 1024
/** What whoever follows the log takes in at once. */
const nearEnough = 256

const beginsHere = (events: ReadonlyArray<RecordedEvent>): boolean =>
  events[0]?.version === 1 && events.every(({ stream }) => stream === events[0]?.stream)

const recall: Recall = (_, events) => (beginsHere(events) ? null : 'unknown')

const takeIn = async (sources: Sources, projection: Projection, commits: ReadonlyArray<StoredCommit>): Done<void> => {
  const selected = selectEvents(projection, commits.map(decodeFeedItem), () => false)
  // What begins in this batch is stored by a run that was cut off, if at all: then the guards skip it.
  const folded = await foldSelected(sources.store, projection, selected, recall)
  if (isLeft(folded)) return left(cannotGoOn(folded.left))
  const { writes, parked } = folded.right
  const [poison] = parked
  if (poison !== undefined) {
    const { stream, position, error } = poison
    const at = `position ${position.n} of partition ${position.p}`
    return left({ kind: 'failed', why: `stream ${stream} cannot be folded at ${at}: ${error}` })
  }
  const key = projectionKey(projection)
  const reached = new Map(commits.map(({ p, n }) => [p, n]))
  const moved = [...reached].map(([partition, n]) => ({ projection: key, partition, n }))
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

type Page = Readonly<{ p: number; after: number; limit: number }>

const readOn = async ({ log }: Sources, { p, after, limit }: Page): Done<ReadonlyArray<StoredCommit>> => {
  const page = await log.readPartition(p, after, limit)()
  if (isLeft(page)) return left(cannotGoOn(page.left))
  if ((page.right.at(-1)?.n ?? after) === after + page.right.length) return page
  return left({ kind: 'interrupted', why: `a position after ${after} of partition ${p} is missing in the log` })
}

/**
 * A little of each partition at a time: what was appended together lies together, in the log as in the collections, whose
 * ids begin with their time. Partition after partition would walk through all pages of both once for each.
 */
const readRound = async (
  sources: Sources,
  positions: ReadonlyMap<number, number>,
  { tails, limit }: Readonly<{ tails: ReadonlyArray<number>; limit: number }>,
): Done<ReadonlyArray<StoredCommit>> => {
  const commits: Array<StoredCommit> = []
  for (const [p, tail] of tails.entries()) {
    const after = positions.get(p) ?? 0
    if (after >= tail) continue
    const page = await readOn(sources, { p, after, limit })
    if (isLeft(page)) return page
    commits.push(...page.right)
  }
  return right(commits)
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0)

/** Takes in what there is up to the tails, from `positions`, which it moves. */
const walk = async (
  sources: Sources,
  projection: Projection,
  { positions, tails }: Readonly<{ positions: Map<number, number>; tails: ReadonlyArray<number> }>,
  { mayGoOn, onProgress }: BulkOptions,
): Done<void> => {
  const most = Math.max(1, Math.ceil(commitsPerBatch / tails.length))
  for (let limit = most; ; ) {
    const commits = await readRound(sources, positions, { tails, limit })
    if (isLeft(commits)) return commits
    if (commits.right.length === 0) return right(undefined)
    const taken = await takeIn(sources, projection, commits.right)
    if (isLeft(taken)) return taken
    for (const { p, n } of commits.right) positions.set(p, n)
    limit = nextLimit(limit, { bytes: bytesPerBatch, most }, commits.right)
    onProgress({ done: sum(positions.values()), total: Math.max(sum(tails), sum(positions.values())) })
    if (!mayGoOn()) return left({ kind: 'interrupted', why: 'it was told to stop' })
  }
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
  for (let walks = 0; ; walks += 1) {
    const tails = await sources.log.tails()()
    if (isLeft(tails)) return left(cannotGoOn(tails.left))
    if (walks > 0 && sum(tails.right) - sum(positions.values()) <= nearEnough) return right(undefined)
    const walked = await walk(sources, projection, { positions, tails: tails.right }, options)
    if (isLeft(walked)) return walked
  }
}
