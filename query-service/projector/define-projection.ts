import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document, JsonObject } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { exactly } from '@runledger/shared-kernel/types/exactly.ts'
import { type Either, isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { Folded, Projection, Row } from './projection.ts'

/** What an event makes of a document: null deletes it, or leaves it absent. */
export type Handled<Body> = Readonly<{ body: Body | null; rows: ReadonlyArray<Row> }>

type Definition<Body> = Omit<Projection, 'fold'> &
  Readonly<{
    body: t.Type<Body, JsonObject>
    /** Pure; `id` is the document's. To throw parks the stream. */
    handle: (body: Body | null, event: RecordedEvent, id: string) => Handled<Body>
  }>

const attempt = <A>(work: () => A): Either<string, A> =>
  tryCatch(work, error => (error instanceof Error ? error.message : String(error)))

/** The codec of the bodies, and the quick way to see that it would leave one as it is. */
type Bodies<Body> = Readonly<{ codec: t.Type<Body, JsonObject>; isExact: (value: unknown) => boolean }>

const encoded = <Body>({ codec, isExact }: Bodies<Body>, body: Body): JsonObject =>
  isExact(body) ? (body as Body & JsonObject) : codec.encode(body)

const decoded = <Body>({ codec, isExact }: Bodies<Body>, stored: Document | null): Body | null => {
  if (stored === null) return null
  if (isExact(stored.body)) return stored.body as Body & JsonObject
  const body = codec.decode(stored.body)
  if (isLeft(body)) throw new Error(`the stored document ${stored.id} at version ${stored.version} does not decode`)
  return body.right
}

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

const folder = <Body>(definition: Definition<Body>) => {
  const bodies: Bodies<Body> = { codec: definition.body, isExact: exactly(definition.body) }
  return (stored: Document | null, events: ReadonlyArray<RecordedEvent>, id: string): Folded => {
    const version = stored?.version ?? 0
    const untouched: Folded = { body: stored?.body ?? null, version, rows: [], poison: null }
    const unseen = events.filter(event => event.version > version)
    const [first] = unseen
    if (first === undefined) return untouched
    const body = attempt(() => decoded(bodies, stored))
    if (isLeft(body)) return { ...untouched, poison: { event: first, error: body.left } }
    const folded = foldFrom(definition, { version, body: body.right }, unseen, id)
    return { ...folded, body: folded.body === null ? null : encoded(bodies, folded.body) }
  }
}

/** A projection from a fold over typed documents. */
export const defineProjection = <Body>(definition: Definition<Body>): Projection => ({
  name: definition.name,
  version: definition.version,
  indexes: definition.indexes,
  rows: definition.rows,
  documentOf: definition.documentOf,
  fold: folder(definition),
})
