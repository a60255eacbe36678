import * as E from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { type DomainEvent, domainEvent } from '../domain-events/domain-event.ts'
import { upcasters } from '../domain-events/upcasters.ts'
import { quickDecoder } from '../types/quick-decoder.ts'
import { type CommitContent, commitMeta, type Position, type RecordedEvent } from './commit.ts'
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

const decodeMeta = quickDecoder(commitMeta)
const decodeEvents = quickDecoder(t.readonlyArray(storedEvent))

const jsonOf = (text: string): E.Either<unknown, unknown> => E.tryCatch(() => JSON.parse(text), identity)

// Written out without pipes, like the rest of the way of a commit that is as expected: whole logs go through here.
const parse = <A>(text: string, what: string, decode: (json: unknown) => t.Validation<A>): E.Either<string, A> => {
  const json = jsonOf(text)
  if (E.isLeft(json)) return E.left(`${what} is not JSON`)
  const decoded = decode(json.right)
  return E.isLeft(decoded) ? E.left(`${what} is malformed at ${invalidMembers(decoded.left)}`) : decoded
}

const recordedEvents = (commit: CommitContent): E.Either<string, ReadonlyArray<RecordedEvent>> => {
  const meta = parse(commit.meta, 'meta', decodeMeta)
  if (E.isLeft(meta)) return meta
  const stored = parse(commit.events, 'events', decodeEvents)
  if (E.isLeft(stored)) return stored
  if (stored.right.length !== commit.k) return E.left(`holds ${stored.right.length} events and says ${commit.k}`)
  const { s: stream, v, p, n, recordedAt, hash } = commit
  const position = { p, n }
  const recorded: Array<RecordedEvent> = []
  for (const [index, { id, occurredAt, type, schema, data }] of stored.right.entries()) {
    const event = decodeEvent({ type, schema, data })
    if (E.isLeft(event)) return event
    const version = v + index
    recorded.push({ id, occurredAt, event: event.right, stream, version, position, recordedAt, meta: meta.right, hash })
  }
  return E.right(recorded)
}

/** The events of a stored commit, each upcast to its newest schema. Does not look at the hash: that is `verifyChain`'s. */
export const decodeCommit = (commit: CommitContent): E.Either<UndecodableCommit, ReadonlyArray<RecordedEvent>> => {
  const events = recordedEvents(commit)
  if (E.isRight(events)) return events
  const { s: stream, p, n } = commit
  return E.left({ _tag: 'UndecodableCommit', stream, position: { p, n }, why: events.left })
}
