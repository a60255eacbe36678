import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { eventLogContract } from '../contract/event-log.contract.ts'
import { tombstonesContract } from '../contract/tombstones.contract.ts'
import { inMemoryCommitStore } from './in-memory-commit-store.ts'
import { openInMemoryEventLog } from './in-memory-event-log.ts'

eventLogContract('the in-memory log', async options => openInMemoryEventLog(options))

tombstonesContract('the in-memory log', async () => {
  const logId = randomUUID()
  const commits = inMemoryCommitStore(logId)
  const log = openInMemoryEventLog({ partitions: 1, logId, commits })
  return {
    log,
    reader: openInMemoryEventLog({ partitions: 1, logId, commits }),
    storage: {
      ...log,
      stray: () => async () => E.right(null),
      insert: commit => async () => {
        const isTaken = commits.partitionAfter(commit.p, commit.n - 1, 1)[0]?.n === commit.n
        if (!isTaken) commits.insert(commit)
        return E.right(isTaken ? ('taken' as const) : ('written' as const))
      },
    },
    remove: async position => commits.remove(position),
  }
})
