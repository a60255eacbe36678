import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoredCommit } from './commit.ts'
import type { EventLog, EventLogFault } from './event-log.ts'

/**
 * A log as it lies in its store, for the log's own tools: it is read beside whoever writes it, decides nothing, and is
 * not trusted to be whole.
 */
export type LogStorage = Pick<EventLog, 'logId' | 'partitions' | 'readPartition' | 'tails' | 'close'> &
  Readonly<{
    /** In words, a commit that no partition's walk would meet: its partition or position is none. Null: there is none. */
    stray: () => TaskEither<EventLogFault, string | null>
    /** Writes one commit as it is; `taken`: another has its position or its id. */
    insert: (commit: StoredCommit) => TaskEither<EventLogFault, 'written' | 'taken'>
  }>
