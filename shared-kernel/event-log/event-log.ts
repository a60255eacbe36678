import type { Either } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { CommandId } from '../types/ids.ts'
import type { CommitMeta, Position, RecordedEvent, StoredCommit } from './commit.ts'
import type { CommitIds } from './commit-ids.ts'

/** A fold of a stream's first `version` events. `{version: 0, state: initial}` remembers nothing. */
export type Fold<State> = Readonly<{ version: number; state: State }>

export type Transaction<State, Refusal> = Readonly<{
  stream: string
  commandId: CommandId
  meta: Omit<CommitMeta, 'commandId'>
  /** ISO-8601 UTC: when what the events tell happened, by the clock of who saw it. */
  occurredAt: string
  /** Only commits after `remembered.version` are read; it must be a fold this log gave, or the initial one. */
  remembered: Fold<State>
  evolve: (state: State, event: DomainEvent) => State
  /** Pure; may be called more than once, on fresher state. No events: nothing is written. */
  decide: (state: State) => Either<Refusal, ReadonlyArray<DomainEvent>>
  /** What `commitIdsOf` makes of stream and commandId, where it was asked for already. */
  ids?: CommitIds
}>

/**
 * `appended`: the events are durable at `position`. `repeated`: this commandId had been appended before; `position` is
 * where. `unchanged`: decide answered no events. `fold` includes what was appended and everything before it.
 */
export type Transacted<State> = Readonly<
  | { outcome: 'appended' | 'repeated'; position: Position; fold: Fold<State> }
  | { outcome: 'unchanged'; position: null; fold: Fold<State> }
>

/**
 * `full`: no room on the disk. `unreachable`: the store did not answer or the log is closed. `contended`: other writers
 * held the store for too long. `too_large`: over a cap, nothing stored. `corrupt`: what is stored cannot be read, being
 * damaged or of a newer version. After `full`, `unreachable` or `contended` the same commandId may be sent again.
 */
export type EventLogFault = Readonly<{
  _tag: 'EventLogFault'
  kind: 'full' | 'unreachable' | 'contended' | 'too_large' | 'corrupt'
  message: string
}>

export type Refused<Refusal> = Readonly<{ _tag: 'Refused'; refusal: Refusal }>

/**
 * The partitioned, append-only log of commits: the only truth of the system.
 * Promises: dense `n` per partition, visible in `n` order; dense `v` per stream; a commit is whole or absent; a commandId
 * is written at most once per stream; a decided append saw every earlier commit of its partition. No order is promised
 * across partitions. An answered append is durable.
 */
export type EventLog = Readonly<{
  /** Identity of this log, fixed at genesis (a UUID). */
  logId: string
  /** Number of partitions, fixed at genesis; partitions are 0 .. partitions - 1. */
  partitions: number
  /** Read the partition's tail, then the stream; decide; append as one commit. Refusals come back as `Refused`. */
  transact: <State, Refusal>(
    transaction: Transaction<State, Refusal>,
  ) => TaskEither<EventLogFault | Refused<Refusal>, Transacted<State>>
  /** Events of one stream with version >= `fromVersion` (1 is the first), in order. Unknown stream: empty. */
  readStream: (stream: string, fromVersion: number) => TaskEither<EventLogFault, ReadonlyArray<RecordedEvent>>
  /** Commits of partition `p` with position > `after`, in order, at most `limit`. */
  readPartition: (p: number, after: number, limit: number) => TaskEither<EventLogFault, ReadonlyArray<StoredCommit>>
  /**
   * Commits of several partitions, of each those with position > what `after` names for it; by partition, then position,
   * at most `limit` altogether.
   */
  readPartitions: (
    after: ReadonlyMap<number, number>,
    limit: number,
  ) => TaskEither<EventLogFault, ReadonlyArray<StoredCommit>>
  /** Last position of each partition, indexed by partition; 0 where it is empty. */
  tails: () => TaskEither<EventLogFault, ReadonlyArray<number>>
  /** Called after each durable append with its position, in this process only: the in-process wake-up's source. */
  onAppended: (listener: (position: Position) => void) => void
  /** Waits for appends under way, then releases the store. Later calls answer `unreachable`. */
  close: () => Promise<void>
}>
