import { isDeepStrictEqual } from 'node:util'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type {
  Document,
  JsonObject,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { type AcrossStreams, facts } from '../projector/across-streams.ts'
import { decodeFeedItem } from '../projector/decode-feed-item.ts'
import { additionsOf, addTo, factsOf } from '../projector/fold-across.ts'
import { selectEvents } from '../projector/fold-batch.ts'
import { documentCollection, type Projection, projectionKey, rowCollection } from '../projector/projection.ts'
import { partitionUpTo } from './partition-up-to.ts'

type Sources = Readonly<{ log: Pick<EventLog, 'readPartition'>; store: ReadModelStore; projection: Projection }>
type Done<A> = Promise<Either<EventLogFault | ReadModelStoreFault, A>>

/** What a fold of one partition, from its beginning, has come to. Memory grows with its streams. */
type Folded = { readonly p: number; until: number; tallies: Map<string, Document>; left: Map<string, JsonObject> }

type TallyDifference = Readonly<{ collection: string; id: string; what: string }>

/** `ids`: all that the fold made, by collection. */
export type VerifiedTallies = Readonly<{
  commits: number
  differences: ReadonlyArray<TallyDifference>
  ids: ReadonlyMap<string, Iterable<string>>
}>

/** How often the partition may have moved on between two looks before a difference counts as one. */
const mostLooks = 50

const foldEvents = (across: AcrossStreams, folded: Folded, events: ReadonlyArray<RecordedEvent>): void => {
  for (const [id, body] of factsOf(across, events)) folded.left.set(id, body)
  for (const [id, placed] of additionsOf(across, events, folded.left)) {
    const tally = addTo(id, folded.tallies.get(id) ?? null, placed)
    if (tally !== null) folded.tallies.set(id, tally)
  }
}

const foldOn = async (sources: Sources, across: AcrossStreams, folded: Folded, to: number): Done<void> => {
  for await (const page of partitionUpTo(sources.log, { p: folded.p, after: folded.until, until: to })) {
    if (isLeft(page)) return page
    const { events } = selectEvents(sources.projection, page.right.map(decodeFeedItem), () => false)
    foldEvents(across, folded, [...events.values()].flat())
  }
  folded.until = Math.max(folded.until, to)
  return right(undefined)
}

const storedOf = async (
  { store }: Sources,
  collection: string,
  ids: Iterable<string>,
): Done<ReadonlyMap<string, Document | null>> => {
  const stored = new Map<string, Document | null>()
  for (const id of ids) {
    const read = await store.get(collection, id)()
    if (isLeft(read)) return read
    stored.set(id, read.right)
  }
  return right(stored)
}

const whatDiffers = (stored: Document | null): string => (stored === null ? 'is missing' : 'has another content')

const factDifferences = async (sources: Sources, { left }: Folded): Done<ReadonlyArray<TallyDifference>> => {
  const collection = rowCollection(sources.projection, facts)
  const stored = await storedOf(sources, collection, left.keys())
  if (isLeft(stored)) return stored
  return right(
    [...left].flatMap(([id, body]) => {
      const found = stored.right.get(id) ?? null
      return isDeepStrictEqual(found?.body, body) ? [] : [{ collection, id, what: whatDiffers(found) }]
    }),
  )
}

type Looked = Readonly<{ differing: ReadonlyArray<TallyDifference>; ahead: number }>

const lookAtTallies = async (sources: Sources, { tallies }: Folded): Done<Looked> => {
  const collection = documentCollection(sources.projection)
  const stored = await storedOf(sources, collection, tallies.keys())
  if (isLeft(stored)) return stored
  const differing = [...tallies].filter(([id, tally]) => !isDeepStrictEqual(stored.right.get(id) ?? null, tally))
  return right({
    differing: differing.map(([id]) => ({ collection, id, what: whatDiffers(stored.right.get(id) ?? null) })),
    ahead: Math.max(0, ...differing.map(([id]) => stored.right.get(id)?.version ?? 0)),
  })
}

const positionOf = async ({ store, projection }: Sources, p: number): Done<number> => {
  const positions = await store.checkpoints(projectionKey(projection))()
  return isLeft(positions) ? positions : right(positions.right.get(p) ?? 0)
}

// Where whoever projects has gone on meanwhile, the fold goes on after it.
const tallyDifferences = async (
  sources: Sources,
  across: AcrossStreams,
  folded: Folded,
  until: number,
): Done<ReadonlyArray<TallyDifference>> => {
  for (let to = until, looks = 1; ; looks += 1) {
    const gone = await foldOn(sources, across, folded, to)
    if (isLeft(gone)) return gone
    const looked = await lookAtTallies(sources, folded)
    if (isLeft(looked)) return looked
    const { differing, ahead } = looked.right
    const position = await positionOf(sources, folded.p)
    if (isLeft(position)) return position
    const next = Math.max(position.right, ahead)
    if (differing.length === 0 || next <= to || looks === mostLooks) return right(differing)
    to = next
  }
}

/** Compares the tallies and facts of one partition with a fold of it up to `until`, or beyond, where they have gone on. */
export const verifyTallies = async (
  sources: Sources,
  across: AcrossStreams,
  { p, until }: Readonly<{ p: number; until: number }>,
): Done<VerifiedTallies> => {
  const folded: Folded = { p, until: 0, tallies: new Map(), left: new Map() }
  const tallies = await tallyDifferences(sources, across, folded, until)
  if (isLeft(tallies)) return tallies
  const left = await factDifferences(sources, folded)
  if (isLeft(left)) return left
  const { projection } = sources
  const ids = new Map([
    [documentCollection(projection), folded.tallies.keys()],
    [rowCollection(projection, facts), folded.left.keys()],
  ])
  return right({ commits: folded.until, differences: [...tallies.right, ...left.right], ids })
}
