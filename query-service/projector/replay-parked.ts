import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type {
  ReadModelStore,
  ReadModelStoreFault,
  Write,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Holdings } from '@runledger/shared-kernel/sharing/shares.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { foldBatch } from './fold-batch.ts'
import { keepParked, loadParkedStreams, type ParkedEntry, unparkStream } from './parked-streams.ts'
import { type Projection, projectionKey } from './projection.ts'

type Options = Readonly<{
  log: Pick<EventLog, 'readStream'>
  store: ReadModelStore
  projection: Projection
  /** How many replays were asked for: entries that have seen as many are left alone. */
  asked: number
  /** Only streams of these partitions: others are another process's. */
  holdings: Holdings
}>

type Replayed = Readonly<{ writes: ReadonlyArray<Write>; healed: boolean }>

const eventsByDocument = (projection: Projection, events: ReadonlyArray<RecordedEvent>) => {
  const wanted = events.flatMap(event => {
    const id = projection.documentOf(event)
    return id === null ? [] : [{ id, event }]
  })
  const grouped = Map.groupBy(wanted, ({ id }) => id)
  return new Map([...grouped].map(([id, group]) => [id, group.map(({ event }) => event)]))
}

// What is folded goes before the list: a stream is never taken off it too early.
const refolded = (
  { projection, asked }: Options,
  entry: ParkedEntry,
  events: ReadonlyArray<RecordedEvent>,
): Replayed => {
  const selected = { events: eventsByDocument(projection, events), parked: [] }
  const { writes, parked } = foldBatch(projection, selected, new Map())
  const [still] = parked
  const list =
    still === undefined
      ? unparkStream({ projection: projectionKey(projection), stream: entry.stream })
      : keepParked(still, entry, asked)
  return { writes: [...writes, list], healed: still === undefined }
}

const unreadable = ({ projection, asked }: Options, entry: ParkedEntry, error: string): Replayed => {
  const place = { stream: entry.stream, position: { p: entry.partition, n: 0 }, version: 0 }
  const still = { projection: projectionKey(projection), ...place, error }
  return { writes: [keepParked(still, entry, asked)], healed: false }
}

const replayOne = async (options: Options, entry: ParkedEntry): Promise<Either<FaultOf, boolean>> => {
  const events = await options.log.readStream(entry.stream, 1)()
  if (isLeft(events) && events.left.kind !== 'corrupt') return events
  const { writes, healed } = isLeft(events)
    ? unreadable(options, entry, events.left.message)
    : refolded(options, entry, events.right)
  for (const write of writes) {
    const applied = await options.store.apply([write], [])()
    if (isLeft(applied)) return applied
  }
  return right(healed)
}

type FaultOf = ReadModelStoreFault | EventLogFault

/**
 * Folds parked streams anew from their first event, and takes those off the list that fold now: their names are answered.
 * To be called where nothing of these partitions is projected meanwhile.
 */
export const replayParked = async (options: Options): Promise<Either<FaultOf, ReadonlyArray<string>>> => {
  const { store, projection, asked, holdings } = options
  // Tallies have moved past what was parked: they are made right by a rebuild alone (ADR 0022).
  if (asked === 0 || projection.across !== undefined) return right([])
  const entries = await loadParkedStreams(store, projectionKey(projection))
  if (isLeft(entries)) return entries
  const healed: Array<string> = []
  for (const entry of entries.right) {
    if (entry.replays >= asked || !holdings.has(entry.partition)) continue
    const done = await replayOne(options, entry)
    if (isLeft(done)) return done
    if (done.right) healed.push(entry.stream)
  }
  return right(healed)
}
