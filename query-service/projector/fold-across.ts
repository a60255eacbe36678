import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document, JsonObject, Write } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type AcrossStreams, type Addition, type Fact, facts } from './across-streams.ts'
import { documentCollection, type Projection, rowCollection } from './projection.ts'
import { sumOf, tallyId, tallyOf } from './tally.ts'

export type Placed = Readonly<{ n: number; addition: Addition }>

/** Facts that events leave, by id. */
export const factsOf = (across: AcrossStreams, events: ReadonlyArray<RecordedEvent>): ReadonlyMap<string, JsonObject> =>
  new Map(events.flatMap(across.factsOf).map(({ id, body }: Fact) => [id, body]))

/** What events add, by the document it is added to. */
export const additionsOf = (
  across: AcrossStreams,
  events: ReadonlyArray<RecordedEvent>,
  known: ReadonlyMap<string, JsonObject>,
): ReadonlyMap<string, ReadonlyArray<Placed>> => {
  const placed = new Map<string, Array<Placed>>()
  for (const event of events) {
    for (const addition of across.additions(event, id => known.get(id) ?? null)) {
      const { p, n } = event.position
      const id = tallyId(addition, p)
      const of = placed.get(id)
      if (of === undefined) placed.set(id, [{ n, addition }])
      else of.push({ n, addition })
    }
  }
  return placed
}

/** The document with what it has not seen, or null where it has seen it all. */
export const addTo = (id: string, stored: Document | null, placed: ReadonlyArray<Placed>): Document | null => {
  const version = stored?.version ?? 0
  const unseen = placed.filter(({ n }) => n > version)
  if (unseen.length === 0) return null
  const added = unseen.map(({ addition }) => addition)
  const body = sumOf(stored === null ? added : [tallyOf(stored), ...added])
  return body === null ? null : { id, version: Math.max(...unseen.map(({ n }) => n)), body }
}

/** Facts as rows, which go first: whoever has seen a checkpoint finds the facts of everything before it. */
export const factWrites = (projection: Projection, left: ReadonlyMap<string, JsonObject>): ReadonlyArray<Write> =>
  [...left].map(([id, body]) => ({
    kind: 'insert',
    collection: rowCollection(projection, facts),
    document: { id, version: 1, body },
  }))

export const tallyWrites = (
  projection: Projection,
  placed: ReadonlyMap<string, ReadonlyArray<Placed>>,
  documents: ReadonlyMap<string, Document>,
): ReadonlyArray<Write> =>
  [...placed].flatMap(([id, each]) => {
    const stored = documents.get(id) ?? null
    const document = addTo(id, stored, each)
    const collection = documentCollection(projection)
    return document === null ? [] : [{ kind: 'put' as const, collection, document, expected: stored?.version ?? 0 }]
  })
