import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document, JsonObject } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { exactly } from '@runledger/shared-kernel/types/exactly.ts'
import { type Either, isLeft, tryCatch } from 'fp-ts/lib/Either.js'
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

const attempt = <A>(work: () => A): Either<string, A> =>
  tryCatch(work, error => (error instanceof Error ? error.message : String(error)))

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

const foldFrom = <Body>(
  { handle }: Definition<Body>,
  start: Pick<Progress<Body>, 'body' | 'version'>,
  events: ReadonlyArray<RecordedEvent>,
  id: string,
): Progress<Body> => {
  const rows: Array<Row> = []
  let { body, version } = start
  for (const event of events) {
    const before = body
    const handled = attempt(() => handle(before, event, id))
    if (isLeft(handled)) return { body, version, rows, poison: { event, error: handled.left } }
    rows.push(...handled.right.rows)
    body = handled.right.body
    version = event.version
  }
  return { body, version, rows, poison: null }
}

const folder =
  <Body>(definition: Definition<Body>, { decode, encode }: Bodies<Body>): Projection['fold'] =>
  (stored, events, id) => {
    const version = stored?.version ?? 0
    const untouched: Folded = { body: stored?.body ?? null, version, rows: [], poison: null }
    const unseen = events.filter(event => event.version > version)
    const [first] = unseen
    if (first === undefined) return untouched
    const body = attempt(() => (stored === null ? null : decode(stored)))
    if (isLeft(body)) return { ...untouched, poison: { event: first, error: body.left } }
    const folded = foldFrom(definition, { version, body: body.right }, unseen, id)
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
