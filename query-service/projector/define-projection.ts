import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document, JsonObject } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { exactly } from '@runledger/shared-kernel/types/exactly.ts'
import { isLeft, toError, tryCatch } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { Folded, Projection, Row } from './projection.ts'

/** What an event makes of a document: null deletes it, or leaves it absent. */
export type Handled<Body> = Readonly<{ body: Body | null; rows: ReadonlyArray<Row> }>

type Definition<Body> = Omit<Projection, 'fold' | 'foldUnchecked'> &
  Readonly<{
    body: t.Type<Body, JsonObject>
    /** Pure; `id` is the document's. To throw parks the stream. */
    handle: (body: Body | null, event: RecordedEvent, id: string) => Handled<Body>
  }>

/** What is stored as a body, and a body as it is stored. To decode may throw. */
type Bodies<Body> = Readonly<{ decode: (stored: Document) => Body; encode: (body: Body) => JsonObject }>

const checked = <Body>(codec: t.Type<Body, JsonObject>): Bodies<Body> => {
  // The quick way to see that the codec would leave one as it is.
  const isExact = exactly(codec)
  return {
    decode: ({ id, version, body }) => {
      if (isExact(body)) return body as Body & JsonObject
      const decoded = codec.decode(body)
      if (isLeft(decoded)) throw new Error(`the stored document ${id} at version ${version} does not decode`)
      return decoded.right
    },
    encode: body => (isExact(body) ? (body as Body & JsonObject) : codec.encode(body)),
  }
}

const unchecked = <Body>(): Bodies<Body> => ({
  decode: ({ body }) => body as Body & JsonObject,
  encode: body => body as Body & JsonObject,
})

type Progress<Body> = Omit<Folded, 'body'> & Readonly<{ body: Body | null }>

// Written out without closures, like the rest of the way of an event that is as expected: whole logs go through here.
const foldFrom = <Body>(
  { handle }: Definition<Body>,
  start: Pick<Progress<Body>, 'body' | 'version'>,
  events: ReadonlyArray<RecordedEvent>,
  id: string,
): Progress<Body> => {
  const rows: Array<Row> = []
  let { body, version } = start
  for (const event of events) {
    try {
      const handled = handle(body, event, id)
      rows.push(...handled.rows)
      body = handled.body
      version = event.version
    } catch (error) {
      return { body, version, rows, poison: { event, error: toError(error).message } }
    }
  }
  return { body, version, rows, poison: null }
}

const untouched = (stored: Document | null, poison: Folded['poison']): Folded => ({
  body: stored?.body ?? null,
  version: stored?.version ?? 0,
  rows: [],
  poison,
})

const folder =
  <Body>(definition: Definition<Body>, { decode, encode }: Bodies<Body>): Projection['fold'] =>
  (stored, events, id) => {
    const version = stored?.version ?? 0
    const unseen = events.filter(event => event.version > version)
    const [first] = unseen
    if (first === undefined) return untouched(stored, null)
    const start = tryCatch(() => (stored === null ? null : decode(stored)), toError)
    if (isLeft(start)) return untouched(stored, { event: first, error: start.left.message })
    const folded = foldFrom(definition, { version, body: start.right }, unseen, id)
    return { ...folded, body: folded.body === null ? null : encode(folded.body) }
  }

/** A projection from a fold over typed documents. */
export const defineProjection = <Body>(definition: Definition<Body>): Projection => ({
  name: definition.name,
  version: definition.version,
  indexes: definition.indexes,
  rows: definition.rows,
  documentOf: definition.documentOf,
  fold: folder(definition, checked(definition.body)),
  foldUnchecked: folder(definition, unchecked()),
})
