import * as t from 'io-ts'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import { commandId, type EventId } from '../types/ids.ts'

/** Who asked, on whose behalf, and what caused it. Kept once per commit. */
export const commitMeta = t.strict(
  {
    commandId,
    correlationId: t.string,
    causationId: t.string,
    actor: t.string,
    tenant: t.string,
    traceparent: t.union([t.string, t.null]),
  },
  'CommitMeta',
)
export type CommitMeta = Readonly<t.TypeOf<typeof commitMeta>>

/**
 * One append as it is stored, every field hashed but `hash` itself. `events` and `meta` are canonical JSON text.
 * `p` partition, `n` dense position in it from 1, `s` stream, `v` version of the first event, `k` number of events.
 */
export type StoredCommit = Readonly<{
  _id: string
  p: number
  n: number
  s: string
  v: number
  k: number
  events: string
  meta: string
  recordedAt: string
  prev: string
  hash: string
}>

/** A commit without what only the chain needs. */
export type CommitContent = Omit<StoredCommit, '_id' | 'prev'>

/** A place in the log: partition and position. */
export type Position = Readonly<{ p: number; n: number }>

/** A domain event as it was recorded, upcast to its newest schema. `version` counts the events of its stream from 1. */
export type RecordedEvent = Readonly<{
  id: EventId
  occurredAt: string
  event: DomainEvent
  stream: string
  version: number
  position: Position
  recordedAt: string
  meta: CommitMeta
  /** Of the commit that holds it. */
  hash: string
}>
