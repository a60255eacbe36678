import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { genesisHash } from './chain.ts'
import type { Link } from './chain-check.ts'
import type { Position, StoredCommit } from './commit.ts'
import type { EventLogFault } from './event-log.ts'
import type { LogStorage } from './log-storage.ts'
import { tombstonesFor } from './tombstone.ts'
import { walkPartition } from './walk-partition.ts'

/** A position that was missing. `taken`: somebody else had written it by then. */
export type Repair = Readonly<{ position: Position; outcome: 'written' | 'taken' }>

type Answer<A> = Promise<E.Either<EventLogFault, A>>

const close = async (storage: LogStorage, p: number, before: Link, after: StoredCommit): Answer<Repair[]> => {
  const repairs: Array<Repair> = []
  for (const commit of tombstonesFor({ logId: storage.logId, p, before, after })) {
    const outcome = await storage.insert(commit)()
    if (E.isLeft(outcome)) return outcome
    repairs.push({ position: { p, n: commit.n }, outcome: outcome.right })
    // The chain goes on from what is there now, which the next run will see.
    if (outcome.right === 'taken') break
  }
  return E.right(repairs)
}

type Walk = { last: Link; readonly repairs: Array<Repair> }

const repairIn = async (storage: LogStorage, p: number, page: ReadonlyArray<StoredCommit>, walk: Walk) => {
  for (const commit of page) {
    const closed = commit.n > walk.last.n + 1 ? await close(storage, p, walk.last, commit) : E.right([])
    if (E.isLeft(closed)) return closed.left
    walk.repairs.push(...closed.right)
    walk.last = commit
  }
  return null
}

/**
 * Closes every hole of one partition with tombstones. Safe beside writers and other repairs: the unique index decides
 * who gets a position. A hole is only what has a commit after it; the end of a partition is none.
 */
export const repairHoles =
  (storage: LogStorage, p: number, onPage: (commits: number) => void = () => {}): TaskEither<EventLogFault, Repair[]> =>
  async () => {
    const walk: Walk = { last: { n: 0, hash: genesisHash(storage.logId, p) }, repairs: [] }
    for await (const page of walkPartition(storage, p, 0)) {
      if (E.isLeft(page)) return page
      const fault = await repairIn(storage, p, page.right, walk)
      if (fault !== null) return E.left(fault)
      onPage(page.right.length)
    }
    return E.right(walk.repairs)
  }
