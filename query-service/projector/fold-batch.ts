import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document, Write } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { documentCollection, type Folded, type Projection, projectionKey, rowCollection } from './projection.ts'

/** One commit of the feed: its events, or why it could not be decoded. */
export type FeedItem = Readonly<
  { stream: string; position: Position } & (
    | { decoded: true; events: ReadonlyArray<RecordedEvent> }
    | { decoded: false; version: number; error: string }
  )
>

/** A stream nothing more is projected of until it is replayed: where it broke, and why. */
export type ParkedStream = Readonly<{
  projection: string
  stream: string
  position: Position
  version: number
  error: string
}>

export type FoldedBatch = Readonly<{ writes: ReadonlyArray<Write>; parked: ReadonlyArray<ParkedStream> }>

export type Selected = Readonly<{
  /** Events by the document they are about. */
  events: ReadonlyMap<string, ReadonlyArray<RecordedEvent>>
  parked: ReadonlyArray<ParkedStream>
}>

/** Events by the document they are about, as they are gathered. */
export type EventsById = Map<string, Array<RecordedEvent>>

const eventsAbout = (events: EventsById, id: string): Array<RecordedEvent> => {
  const known = events.get(id) ?? []
  if (known.length === 0) events.set(id, known)
  return known
}

/** Adds the events of a commit to those of the documents they are about, if any. Most often that is one: it is looked up once. */
export const addEvents = (events: EventsById, projection: Projection, added: ReadonlyArray<RecordedEvent>): void => {
  let about: string | null = null
  let known: Array<RecordedEvent> = []
  for (const event of added) {
    const id = projection.documentOf(event)
    if (id === null) continue
    if (id !== about) known = eventsAbout(events, id)
    about = id
    known.push(event)
  }
}

/** The documents that writes put. */
export const documentsIn = (writes: ReadonlyArray<Write>): ReadonlyArray<Document> =>
  writes.flatMap(write => (write.kind === 'put' ? [write.document] : []))

/** The rows that writes insert. */
export const rowsIn = (writes: ReadonlyArray<Write>): ReadonlyArray<Document> =>
  writes.flatMap(write => (write.kind === 'insert' ? [write.document] : []))

/** What of a batch concerns a projection; streams parked before, or by an undecodable commit here, are left out. */
export const selectEvents = (
  projection: Projection,
  items: ReadonlyArray<FeedItem>,
  isParked: (stream: string) => boolean,
): Selected => {
  const events: EventsById = new Map()
  const parked = new Map<string, ParkedStream>()
  for (const item of items) {
    if (isParked(item.stream) || (parked.size > 0 && parked.has(item.stream))) continue
    if (!item.decoded) {
      const { stream, position, version, error } = item
      parked.set(stream, { projection: projectionKey(projection), stream, position, version, error })
      continue
    }
    addEvents(events, projection, item.events)
  }
  return { events, parked: [...parked.values()] }
}

/** Where a batch's writes go. A name is one text for all of them: whoever groups by it would else hash it for each. */
type Places = Readonly<{ documents: string; rows: (name: string) => string }>

const placesOf = (projection: Projection): Places => {
  const rows = new Map(projection.rows.map(({ name }) => [name, rowCollection(projection, name)]))
  return { documents: documentCollection(projection), rows: name => rows.get(name) ?? rowCollection(projection, name) }
}

const changeOf = (collection: string, id: string, stored: Document | null, folded: Folded): Write | null => {
  const expected = stored?.version ?? 0
  if (folded.version === expected) return null
  if (folded.body !== null)
    return { kind: 'put', collection, document: { id, version: folded.version, body: folded.body }, expected }
  return stored === null ? null : { kind: 'delete', collection, id, expected }
}

type About = Readonly<{ id: string; stored: Document | null; folded: Folded }>

// Rows go first: a document never speaks of rows that a crash has kept out.
const addWrites = (writes: Array<Write>, { documents, rows }: Places, { id, stored, folded }: About): void => {
  for (const { collection, id, body } of folded.rows)
    writes.push({ kind: 'insert', collection: rows(collection), document: { id, version: folded.version, body } })
  const change = changeOf(documents, id, stored, folded)
  if (change !== null) writes.push(change)
}

/** Folds the selected events into the documents they are about: one write per document, whatever the number of events. */
export const foldBatch = (
  projection: Projection,
  selected: Selected,
  documents: ReadonlyMap<string, Document>,
): FoldedBatch => {
  const writes: Array<Write> = []
  const parked = [...selected.parked]
  const places = placesOf(projection)
  for (const [id, events] of selected.events) {
    const stored = documents.get(id) ?? null
    const folded = projection.fold(stored, events, id)
    addWrites(writes, places, { id, stored, folded })
    if (folded.poison === null) continue
    const { event, error } = folded.poison
    const { stream, position, version } = event
    parked.push({ projection: projectionKey(projection), stream, position, version, error })
  }
  return { writes, parked }
}
