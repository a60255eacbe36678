import { randomUUID } from 'node:crypto'
import { embeddedEventLog } from '../embedded-event-log.ts'
import type { EventLog } from '../event-log.ts'
import { inMemoryCommitStore } from './in-memory-commit-store.ts'

export type InMemoryOptions = Readonly<{ partitions?: number; clock?: () => Date }>

/** The log without a disk, for tests: same code, same promises, but durability. */
export const openInMemoryEventLog = ({ partitions = 64, clock = () => new Date() }: InMemoryOptions = {}): EventLog => {
  const logId = randomUUID()
  return embeddedEventLog(
    { logId, partitions, clock },
    {
      commits: inMemoryCommitStore(logId),
      write: async work => work(),
      faultOf: () => null,
      close: async () => {},
    },
  )
}
