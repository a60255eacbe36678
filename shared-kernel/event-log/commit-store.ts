import type { Tail } from './build-commit.ts'
import type { StoredCommit } from './commit.ts'

/** What an embedded log asks of its store, synchronously. Failures are thrown: the adapter knows its driver's. */
export type CommitStore = Readonly<{
  tail: (p: number) => Tail
  /** Version of a stream, 0 where it is unknown. */
  streamVersion: (stream: string) => number
  /** Position of a commit of that stream, null where there is none. */
  positionOf: (stream: string, commitId: string) => number | null
  /** Commits holding events with version >= `fromVersion`, in order. */
  streamFrom: (stream: string, fromVersion: number) => ReadonlyArray<StoredCommit>
  partitionAfter: (p: number, after: number, limit: number) => ReadonlyArray<StoredCommit>
  insert: (commit: StoredCommit) => void
}>

/** What a log is from its first day on, and its clock. */
export type LogIdentity = Readonly<{ logId: string; partitions: number; clock: () => Date }>
