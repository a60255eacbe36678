import * as E from 'fp-ts/lib/Either.js'
import { type DomainEvent, domainEvent } from '../domain-events/domain-event.ts'
import { exactly } from '../types/exactly.ts'
import { canonicalJson } from './canonical-json.ts'
import { commitHash } from './chain.ts'
import type { StoredCommit } from './commit.ts'
import { commitIdOf, eventIdIn } from './commit-ids.ts'
import type { EventLogFault, Transaction } from './event-log.ts'
import { overCap } from './size-caps.ts'

/** The last commit of a partition, as far as the next one depends on it. */
export type Tail = Readonly<{ n: number; hash: string; recordedAt: string }>

export type CommitDraft = Readonly<{
  logId: string
  p: number
  tail: Tail
  /** Version of the stream before this commit. */
  version: number
  transaction: Pick<Transaction<never, never>, 'stream' | 'commandId' | 'meta' | 'occurredAt' | 'ids'>
  events: ReadonlyArray<DomainEvent>
  now: Date
}>

const isAsDecoded = exactly(domainEvent)

// What its own codec refuses could be written once and never be read again.
const readable = (event: DomainEvent): DomainEvent => {
  if (!isAsDecoded(event) && !domainEvent.is(event))
    throw new TypeError('decide answered an event that its codec refuses')
  return event
}

const eventText = (transaction: CommitDraft['transaction']) => (event: DomainEvent, index: number) =>
  canonicalJson({ ...readable(event), id: eventIdIn(transaction, index), occurredAt: transaction.occurredAt })

// A partition's clock never runs backwards, whatever the machine's does.
const notBefore = (earliest: string, now: Date): string => {
  const time = now.toISOString()
  return time > earliest ? time : earliest
}

/** The commit that follows `tail`, chained and hashed; `too_large` where it is over a cap. */
export const buildCommit = (draft: CommitDraft): E.Either<EventLogFault, StoredCommit> => {
  const { logId, p, tail, version, transaction, events, now } = draft
  const texts = events.map(eventText(transaction))
  const meta = canonicalJson({ ...transaction.meta, commandId: transaction.commandId })
  const fault = overCap(events, texts, meta)
  if (fault !== null) return E.left(fault)
  const unhashed = {
    _id: commitIdOf(transaction),
    p,
    n: tail.n + 1,
    s: transaction.stream,
    v: version + 1,
    k: events.length,
    events: `[${texts.join(',')}]`,
    meta,
    recordedAt: notBefore(tail.recordedAt, now),
    prev: tail.hash,
  }
  return E.right({ ...unhashed, hash: commitHash(logId, unhashed) })
}
