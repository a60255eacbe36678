import { isDeepStrictEqual } from 'node:util'
import type { RecordedEvent, StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type {
  Document,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { AcrossStreams } from '../projector/across-streams.ts'
import {
  collectionsOf,
  documentCollection,
  type Projection,
  projectionKey,
  type Row,
  rowCollection,
} from '../projector/projection.ts'
import type { BulkOptions } from './bulk-work.ts'
import { surplusIds } from './surplus-ids.ts'
import { verifyTallies } from './verify-tallies.ts'

type VerifiedLog = Pick<EventLog, 'readPartition' | 'readStream'>
type Sources = Readonly<{
  log: VerifiedLog
  store: ReadModelStore
  projection: Projection
  found: Found
  counts: Counts
}>
type Fault = EventLogFault | ReadModelStoreFault
type Done<A> = Promise<Either<Fault | Stopped, A>>
type Stopped = Readonly<{ _tag: 'Stopped'; message: string }>

/** `differences` names the first ones; `count` counts all. */
export type Verification = Readonly<{ commits: number; count: number; differences: ReadonlyArray<string> }>

const pageSize = 512
const mostNamed = 20

const collectDifferences = () => {
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
type Found = ReturnType<typeof collectDifferences>

/** How many documents and rows the fold made, by collection. */
type Counts = Map<string, number>

const count = (counts: Counts, collection: string, by: number): void =>
  void counts.set(collection, (counts.get(collection) ?? 0) + by)

type Folded = Readonly<{ document: Document | null; stream: string }>

/** What the fold of one partition has come to, document by document. */
type Partition = Map<string, Folded>

const group = ({ projection, found }: Sources, commits: ReadonlyArray<StoredCommit>) => {
  const events = new Map<string, Array<RecordedEvent>>()
  for (const commit of commits) {
    const decoded = decodeCommit(commit)
    if (isLeft(decoded)) {
      found.add(projectionKey(projection), commit.s, `its commit cannot be decoded: ${decoded.left.why}`)
      continue
    }
    for (const event of decoded.right) {
      const id = projection.documentOf(event)
      if (id === null) continue
      const known = events.get(id)
      if (known === undefined) events.set(id, [event])
      else known.push(event)
    }
  }
  return events
}

const compareRow = ({ projection, found, counts }: Sources, row: Row, stored: Document | null): void => {
  const collection = rowCollection(projection, row.collection)
  count(counts, collection, 1)
  if (stored === null) found.add(collection, row.id, 'is missing')
  // The version of a row tells which batch wrote it first; that is no part of what is read.
  else if (!isDeepStrictEqual(stored.body, row.body)) found.add(collection, row.id, 'has another content')
}

const compareRows = async (sources: Sources, rows: ReadonlyArray<Row>): Done<void> => {
  const { store, projection } = sources
  const stored = await Promise.all(
    rows.map(async row => ({ row, read: await store.get(rowCollection(projection, row.collection), row.id)() })),
  )
  for (const { row, read } of stored) {
    if (isLeft(read)) return read
    compareRow(sources, row, read.right)
  }
  return right(undefined)
}

// Rows are compared as they come, and forgotten: only documents wait for what is still to be folded into them.
const foldPage = async (sources: Sources, partition: Partition, commits: ReadonlyArray<StoredCommit>): Done<void> => {
  const rows: Array<Row> = []
  for (const [id, events] of group(sources, commits)) {
    const before = partition.get(id)?.document ?? null
    const folded = sources.projection.fold(before, events)
    rows.push(...folded.rows)
    const document = folded.body === null ? null : { id, version: folded.version, body: folded.body }
    partition.set(id, { document, stream: events[0]?.stream ?? id })
    if (folded.poison !== null) sources.found.add(documentCollection(sources.projection), id, folded.poison.error)
  }
  return compareRows(sources, rows)
}

// A projector may have gone on meanwhile: then the document is compared with its stream as far as it has come.
const foldUntil = async ({ log, projection }: Sources, stream: string, version: number): Done<Document | null> => {
  const events = await log.readStream(stream, 1)()
  if (isLeft(events)) return events
  const known = events.right.filter(event => event.version <= version)
  const id = known[0] === undefined ? null : projection.documentOf(known[0])
  const folded = projection.fold(null, known)
  return right(id === null || folded.body === null ? null : { id, version: folded.version, body: folded.body })
}

const whatDiffers = (stored: Document | null, wanted: Document | null): string => {
  if (stored === null) return 'is missing'
  if (wanted === null) return 'should not be there'
  const isBehind = stored.version < wanted.version
  return isBehind ? `is at version ${stored.version}, its stream at ${wanted.version}` : 'has another content'
}

const compareDocument = async (sources: Sources, id: string, { document, stream }: Folded): Done<void> => {
  const collection = documentCollection(sources.projection)
  if (document !== null) count(sources.counts, collection, 1)
  const stored = await sources.store.get(collection, id)()
  if (isLeft(stored)) return stored
  if (isDeepStrictEqual(stored.right, document)) return right(undefined)
  const wanted = document?.version ?? 0
  const version = stored.right?.version ?? 0
  const later = version > wanted ? await foldUntil(sources, stream, version) : right(document)
  if (isLeft(later)) return later
  if (isDeepStrictEqual(stored.right, later.right)) return right(undefined)
  sources.found.add(collection, id, whatDiffers(stored.right, document))
  return right(undefined)
}

type Stretch = Readonly<{ p: number; until: number; passed: (commits: number) => boolean }>

const verifyAcross = async (sources: Sources, across: AcrossStreams, { p, until, passed }: Stretch): Done<void> => {
  const verified = await verifyTallies(sources, across, { p, until })
  if (isLeft(verified)) return verified
  const { commits, differences, ids } = verified.right
  for (const { collection, id, what } of differences) sources.found.add(collection, id, what)
  for (const [collection, made] of ids) count(sources.counts, collection, [...made].length)
  return passed(commits) ? right(undefined) : left({ _tag: 'Stopped', message: 'it was told to stop' })
}

const verifyPartition = async (sources: Sources, { p, until, passed }: Stretch): Done<void> => {
  const partition: Partition = new Map()
  for (let after = 0; after < until; ) {
    const page = await sources.log.readPartition(p, after, Math.min(pageSize, until - after))()
    if (isLeft(page)) return page
    const last = page.right.at(-1)
    if (last === undefined) {
      sources.found.add(projectionKey(sources.projection), `partition ${p}`, `is at ${until}, the log at ${after}`)
      break
    }
    const folded = await foldPage(sources, partition, page.right)
    if (isLeft(folded)) return folded
    after = last.n
    if (!passed(page.right.length)) return left({ _tag: 'Stopped', message: 'it was told to stop' })
  }
  for (const [id, folded] of partition) {
    const compared = await compareDocument(sources, id, folded)
    if (isLeft(compared)) return compared
  }
  return right(undefined)
}

const nameSurplus = async (
  log: VerifiedLog & Pick<EventLog, 'tails'>,
  store: ReadModelStore,
  projection: Projection,
  { found, counts }: Sources,
): Done<void> => {
  for (const { name } of collectionsOf(projection)) {
    const surplus = await surplusIds({ log, store, projection }, name, counts.get(name) ?? 0)
    if (isLeft(surplus)) return surplus
    for (const id of surplus.right) found.add(name, id, 'should not be there')
  }
  return right(undefined)
}

/**
 * Compares every document and row of a projection with a fold of the log as far as its checkpoints; whoever projects may
 * go on meanwhile. Memory grows with the documents of one partition, and with all ids only where some are too many.
 */
export const verifyProjection = async (
  log: VerifiedLog & Pick<EventLog, 'tails'>,
  store: ReadModelStore,
  projection: Projection,
  { mayGoOn, onProgress }: BulkOptions = { mayGoOn: () => true, onProgress: () => undefined },
): Done<Verification> => {
  const found = collectDifferences()
  const sources: Sources = { log, store, projection, found, counts: new Map() }
  const positions = await store.checkpoints(projectionKey(projection))()
  if (isLeft(positions)) return positions
  const total = [...positions.right.values()].reduce((sum, n) => sum + n, 0)
  let done = 0
  const passed = (commits: number): boolean => {
    done += commits
    onProgress({ done, total })
    return mayGoOn()
  }
  for (const [p, until] of positions.right) {
    const { across } = projection
    const stretch = { p, until, passed }
    const verified = await (across === undefined
      ? verifyPartition(sources, stretch)
      : verifyAcross(sources, across, stretch))
    if (isLeft(verified)) return verified
  }
  const surplus = await nameSurplus(log, store, projection, sources)
  if (isLeft(surplus)) return surplus
  return right({ commits: done, count: found.count(), differences: found.differences })
}
