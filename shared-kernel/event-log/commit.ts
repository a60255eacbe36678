import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { CommandId, EventId } from '../types/ids.ts'

/** Who asked, on whose behalf, and what caused it. Kept once per commit. */
export type CommitMeta = Readonly<{
  commandId: CommandId
  correlationId: string
  causationId: string
  actor: string
  tenant: string
  traceparent: string | null
}>

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
}>
