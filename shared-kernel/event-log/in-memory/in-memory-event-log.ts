import { randomUUID } from 'node:crypto'
import type { CommitStore } from '../commit-store.ts'
import { embeddedEventLog } from '../embedded-event-log.ts'
import type { EventLog } from '../event-log.ts'
import { inMemoryCommitStore } from './in-memory-commit-store.ts'

export type InMemoryOptions = Readonly<{
  partitions?: number
  clock?: () => Date
  logId?: string
  commits?: CommitStore
}>

/** The log without a disk, for tests: same code, same promises, but durability. */
export const openInMemoryEventLog = (options: InMemoryOptions = {}): EventLog => {
  const { partitions = 64, clock = () => new Date(), logId = randomUUID() } = options
  return embeddedEventLog(
    { logId, partitions, clock },
    {
      commits: options.commits ?? inMemoryCommitStore(logId),
      write: async work => work(),
      faultOf: () => null,
      close: async () => {},
    },
  )
}
