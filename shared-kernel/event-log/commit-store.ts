import type { Tail } from './build-commit.ts'
import type { StoredCommit } from './commit.ts'
import type { Versioned } from './versioned.ts'

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
  /** `events`: how those of the commit are to be read. */
  insert: (commit: StoredCommit, events: ReadonlyArray<Versioned>) => void
}>

/** What a log is from its first day on, and its clock. */
export type LogIdentity = Readonly<{ logId: string; partitions: number; clock: () => Date }>
