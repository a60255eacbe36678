import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CommitContent } from './commit.ts'
import type { EventLogFault } from './event-log.ts'
import type { PageBounds } from './page-limit.ts'

/**
 * The next commits of all partitions; none: there are no more now. Each page ends with the commit that exceeds one of the
 * bounds, at the latest.
 */
type ReadOn = (bounds: PageBounds) => TaskEither<EventLogFault, ReadonlyArray<CommitContent>>

/**
 * `late`: who asked, and when and with which hash a commit was recorded, is read when it is asked for, which may throw. For
 * whoever hardly asks: `meta` of a stream's first commit is there at once, since folds note whose it is.
 */
export type ReadOptions = Readonly<{ late: boolean }>

/**
 * What a store can do that keeps commits in the order in which they came: whoever reads the whole log then visits each
 * part of the store once. In a partition they come by position, but for holes that were settled later.
 */
export type StoredOrder = Readonly<{
  /** Reads on behind these positions, by partition; absent: from the beginning. */
  asStored: (after: ReadonlyMap<number, number>, options: ReadOptions) => ReadOn
}>
