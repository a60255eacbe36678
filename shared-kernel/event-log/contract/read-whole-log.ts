import type { StoredCommit } from '../commit.ts'
import type { EventLog } from '../event-log.ts'
import { rightOf } from './right-of.ts'

const readWholePartition = async (log: EventLog, p: number): Promise<ReadonlyArray<StoredCommit>> => {
  const commits: Array<StoredCommit> = []
  for (;;) {
    const page = rightOf(await log.readPartition(p, commits.length, 100)())
    if (page.length === 0) return commits
    commits.push(...page)
  }
}

/** Every commit of every partition, for tests: the partitions in order, each paged through. */
export const readWholeLog = (log: EventLog): Promise<ReadonlyArray<ReadonlyArray<StoredCommit>>> =>
  Promise.all(Array.from({ length: log.partitions }, (_, p) => readWholePartition(log, p)))
