import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { type DomainEvent, domainEvent } from '../domain-events/domain-event.ts'
import { upcasters } from '../domain-events/upcasters.ts'
import { exactly } from '../types/exactly.ts'
import { commitMeta, type Position, type RecordedEvent, type StoredCommit } from './commit.ts'
import { eventDecoder } from './decode-event.ts'
import { invalidMembers } from './invalid-members.ts'
import { storedEvent } from './stored-event.ts'

/** A commit this code cannot read: written by a newer version, or damaged. `why` holds no payload. */
export type UndecodableCommit = Readonly<{
  _tag: 'UndecodableCommit'
  stream: string
  position: Position
  why: string
}>

const decodeEvent = eventDecoder<DomainEvent>(domainEvent.types, upcasters)

/** A codec, and the quick way to see that it would leave a value as it is. */
type Reader<A> = Readonly<{ codec: t.Type<A, unknown>; isExact: (value: unknown) => boolean }>

const readerOf = <A>(codec: t.Type<A, unknown>): Reader<A> => ({ codec, isExact: exactly(codec) })

const metaReader = readerOf(commitMeta)
const eventsReader = readerOf(t.readonlyArray(storedEvent))

const parse = <A>(text: string, what: string, { codec, isExact }: Reader<A>): E.Either<string, A> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => `${what} is not JSON`,
    ),
    E.chain(value =>
      pipe(
        isExact(value) ? E.right(value as A) : codec.decode(value),
        E.mapLeft(errors => `${what} is malformed at ${invalidMembers(errors)}`),
      ),
    ),
  )

const parseEvents = ({ events, k }: StoredCommit) =>
  pipe(
    parse(events, 'events', eventsReader),
    E.filterOrElse(
      stored => stored.length === k,
      stored => `holds ${stored.length} events and says ${k}`,
    ),
  )

const recordedEvents = (commit: StoredCommit): E.Either<string, ReadonlyArray<RecordedEvent>> => {
  const meta = parse(commit.meta, 'meta', metaReader)
  if (E.isLeft(meta)) return meta
  const stored = parseEvents(commit)
  if (E.isLeft(stored)) return stored
  const { s: stream, v, p, n, recordedAt, hash } = commit
  const recorded: Array<RecordedEvent> = []
  for (const [index, { id, occurredAt, ...versioned }] of stored.right.entries()) {
    const event = decodeEvent(versioned)
    if (E.isLeft(event)) return event
    const place = { stream, version: v + index, position: { p, n }, recordedAt }
    recorded.push({ id, occurredAt, event: event.right, ...place, meta: meta.right, hash })
  }
  return E.right(recorded)
}

/** The events of a stored commit, each upcast to its newest schema. Does not look at the hash: that is `verifyChain`'s. */
export const decodeCommit = (commit: StoredCommit): E.Either<UndecodableCommit, ReadonlyArray<RecordedEvent>> =>
  pipe(
    recordedEvents(commit),
    E.mapLeft(why => ({
      _tag: 'UndecodableCommit',
      stream: commit.s,
      position: { p: commit.p, n: commit.n },
      why,
    })),
  )
