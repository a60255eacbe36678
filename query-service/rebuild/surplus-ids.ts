import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type {
  Document,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { AcrossStreams } from '../projector/across-streams.ts'
import { decodeFeedItem } from '../projector/decode-feed-item.ts'
import { selectEvents } from '../projector/fold-batch.ts'
import { documentCollection, type Projection, rowCollection } from '../projector/projection.ts'
import { partitionUpTo } from './partition-up-to.ts'
import { verifyTallies } from './verify-tallies.ts'

type Sources = Readonly<{
  log: Pick<EventLog, 'readPartition' | 'tails'>
  store: ReadModelStore
  projection: Projection
}>
type Done<A> = Promise<Either<EventLogFault | ReadModelStoreFault, A>>

const idsPerPage = 512

const eachId = async ({ store }: Sources, collection: string, tell: (id: string) => void): Done<void> => {
  for (let after: string | null = null; ; ) {
    const page: Either<ReadModelStoreFault, ReadonlyArray<Document>> = await store.find({
      ...{ collection, where: {}, after },
      order: 'ascending',
      limit: idsPerPage,
    })()
    if (isLeft(page)) return page
    for (const { id } of page.right) tell(id)
    if (page.right.length < idsPerPage) return right(undefined)
    after = page.right.at(-1)?.id ?? null
  }
}

type Known = Map<string, Document | null>

const removeTallied = async (
  sources: Sources,
  across: AcrossStreams,
  { p, tail }: Readonly<{ p: number; tail: number }>,
  { ids, collection }: Readonly<{ ids: Set<string>; collection: string }>,
): Done<void> => {
  const verified = await verifyTallies(sources, across, { p, until: tail })
  if (isLeft(verified)) return verified
  for (const id of verified.right.ids.get(collection) ?? []) ids.delete(id)
  return right(undefined)
}

const removeMade = (
  projection: Projection,
  { ids, known, collection }: Readonly<{ ids: Set<string>; known: Known; collection: string }>,
  events: ReturnType<typeof selectEvents>['events'],
): void => {
  for (const [id, ofDocument] of events) {
    const { body, version, rows } = projection.fold(known.get(id) ?? null, ofDocument, id)
    known.set(id, body === null ? null : { id, version, body })
    if (collection === documentCollection(projection) && body !== null) ids.delete(id)
    for (const row of rows) if (rowCollection(projection, row.collection) === collection) ids.delete(row.id)
  }
}

type Listed = Readonly<{ ids: Set<string>; collection: string }>

const removeFolded = async (sources: Sources, p: number, tail: number, listed: Listed): Done<void> => {
  const known: Known = new Map()
  for await (const page of partitionUpTo(sources.log, { p, after: 0, until: tail })) {
    if (isLeft(page)) return page
    const { events } = selectEvents(sources.projection, page.right.map(decodeFeedItem), () => false)
    removeMade(sources.projection, { ...listed, known }, events)
  }
  return right(undefined)
}

// As far as the log has come now: the collection may have been written to since it was listed.
const remainder = async (sources: Sources, listed: Listed): Done<Set<string>> => {
  const { across } = sources.projection
  const tails = await sources.log.tails()()
  if (isLeft(tails)) return tails
  for (const [p, tail] of tails.right.entries()) {
    const removed = await (across === undefined
      ? removeFolded(sources, p, tail, listed)
      : removeTallied(sources, across, { p, tail }, listed))
    if (isLeft(removed)) return removed
  }
  return right(listed.ids)
}

/** What a collection holds beyond what a fold of the log makes; it is looked for where there are not as many as expected. */
export const surplusIds = async (sources: Sources, collection: string, expected: number): Done<ReadonlySet<string>> => {
  let stored = 0
  const counted = await eachId(sources, collection, () => {
    stored += 1
  })
  if (isLeft(counted)) return counted
  if (stored === expected) return right(new Set())
  const ids = new Set<string>()
  const listed = await eachId(sources, collection, id => ids.add(id))
  return isLeft(listed) ? listed : remainder(sources, { ids, collection })
}
