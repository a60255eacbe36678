import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ReadModelStoreFault } from './read-model-store.ts'

/** A process that shares work. Its beat grows while it lives; who sees it stand still for long enough takes it for dead. */
export type Member = Readonly<{ name: string; beat: number }>

/** Who works on a partition; null: nobody. `token` grows whenever the lease changes hands and is the holder's fence. */
export type Lease = Readonly<{ partition: number; holder: string | null; token: number }>

/**
 * What a group of processes needs to share partitions among themselves. It keeps no times: whether a member lives is
 * judged by each observer, by its own clock. Every call changes at most one document.
 */
export type LeaseStore = Readonly<{
  /** Members in order of name, leases in order of partition. A partition never leased is absent. */
  read: (
    group: string,
  ) => TaskEither<ReadModelStoreFault, Readonly<{ members: ReadonlyArray<Member>; leases: ReadonlyArray<Lease> }>>
  /** Adds one to the member's beat, or makes it a member with beat 1. */
  beat: (group: string, name: string) => TaskEither<ReadModelStoreFault, void>
  /** Takes the member out where its beat is still this one. */
  remove: (group: string, member: Member) => TaskEither<ReadModelStoreFault, void>
  /**
   * Hands the lease over where its token is still the one given (0: never leased before), which then grows by one.
   * Answers the new token; null where another was faster. After a fault `read` tells whether it came to pass.
   */
  hand: (group: string, lease: Lease) => TaskEither<ReadModelStoreFault, number | null>
}>
