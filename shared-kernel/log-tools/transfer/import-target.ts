import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoredCommit } from '../../event-log/commit.ts'
import type { Genesis } from '../../event-log/genesis.ts'

/** A store in which a log comes to be: until `finish` nothing passes for a log there. Left: what went wrong, in words. */
export type ImportTarget = Readonly<{
  write: (commits: ReadonlyArray<StoredCommit>) => TaskEither<string, void>
  finish: () => TaskEither<string, void>
  /** Takes out what was written. */
  discard: () => Promise<void>
}>

/** Opens an empty store for a log of that identity. Left: why it may not become that log, in words. */
export type OpenImportTarget = (identity: Pick<Genesis, 'logId' | 'partitions'>) => TaskEither<string, ImportTarget>
