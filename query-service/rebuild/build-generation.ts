import type { CommitContent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { parkedCollection } from '../projector/parked-streams.ts'
import { collectionsOf, type Projection, projectionKey } from '../projector/projection.ts'
import { bulkPages, firstAstray, type NextPage, type PagedLog } from './bulk-pages.ts'
import { type BulkFault, type BulkOptions, cannotGoOn } from './bulk-work.ts'
import { takeInto } from './take-in.ts'

type Sources = Readonly<{ log: PagedLog & Pick<EventLog, 'tails'>; store: ReadModelStore }>
type Done<A> = Promise<Either<BulkFault, A>>

// What is read and folded at a time, and one transaction of the store: whoever waits to write beside it waits for milliseconds.
const bounds = { bytes: 1024 * 1024, most: 1024 }
/** What whoever follows the log takes in at once. */
const nearEnough = 256

const ensureCollections = async ({ store }: Sources, projection: Projection): Done<void> => {
  for (const collection of [parkedCollection, ...collectionsOf(projection)]) {
    const ensured = await store.ensure(collection)()
    if (isLeft(ensured)) return left(cannotGoOn(ensured.left))
  }
  return right(undefined)
}

const missingBefore = ({ p, n }: CommitContent): BulkFault => ({
  kind: 'interrupted',
  why: `a position before ${n} of partition ${p} is missing in the log`,
})

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0)

type Walk = Readonly<{
  next: NextPage
  into: ReturnType<typeof takeInto>
  positions: Map<number, number>
  tails: ReadonlyArray<number>
}>

const takeNext = async ({ next, into, positions, tails }: Walk): Done<number> => {
  const page = await next(positions, tails)
  if (isLeft(page)) return left(cannotGoOn(page.left))
  const commits = page.right
  if (commits.length === 0) return right(0)
  const astray = firstAstray(positions, commits)
  if (astray !== null) return left(missingBefore(astray))
  const taken = await into.takeIn(commits)
  if (isLeft(taken)) return taken
  for (const { p, n } of commits) positions.set(p, n)
  return right(commits.length)
}

/** Takes in what there is up to the tails, from `positions`, which it moves. */
const walk = async (going: Walk, { mayGoOn, onProgress }: BulkOptions): Done<void> => {
  for (;;) {
    const taken = await takeNext(going)
    if (isLeft(taken)) return taken
    if (taken.right === 0) return going.into.settle()
    const done = sum(going.positions.values())
    onProgress({ done, total: Math.max(sum(going.tails), done) })
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
  // Tallies decode every commit, all of it.
  const next = bulkPages(sources.log, bounds, { late: projection.across === undefined })
  const going = { next, into: takeInto(sources.store, projection), positions }
  for (let walks = 0; ; walks += 1) {
    const tails = await sources.log.tails()()
    if (isLeft(tails)) return left(cannotGoOn(tails.left))
    if (walks > 0 && sum(tails.right) - sum(positions.values()) <= nearEnough) return right(undefined)
    const walked = await walk({ ...going, tails: tails.right }, options)
    if (isLeft(walked)) return walked
  }
}
