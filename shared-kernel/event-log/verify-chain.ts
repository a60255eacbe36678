import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { commitHash, genesisHash } from './chain.ts'
import type { Position, StoredCommit } from './commit.ts'
import type { EventLog, EventLogFault } from './event-log.ts'

type Link = Readonly<{ n: number; hash: string }>

/** `Intact`: every commit up to `n` is as it was written, `hash` names them all. `Broken`: `position` is the first bad one. */
export type ChainVerdict =
  | Readonly<{ _tag: 'Intact'; n: number; hash: string }>
  | Readonly<{ _tag: 'Broken'; position: Position; why: string }>

const pageSize = 256

const flaw = (log: Pick<EventLog, 'logId'>, p: number, previous: Link, commit: StoredCommit): string | null => {
  if (commit.n !== previous.n + 1) return `position ${commit.n} follows position ${previous.n}`
  if (commit.p !== p) return `partition ${p} holds a commit of partition ${commit.p}`
  if (commit.prev !== previous.hash) return 'does not name the commit before it'
  return commit.hash === commitHash(log.logId, commit) ? null : 'does not match its hash'
}

const firstBroken = (log: Pick<EventLog, 'logId'>, p: number, from: Link, page: ReadonlyArray<StoredCommit>) => {
  let last = from
  for (const commit of page) {
    const why = flaw(log, p, last, commit)
    if (why !== null) return { _tag: 'Broken', position: { p, n: last.n + 1 }, why } as const
    last = commit
  }
  return null
}

/**
 * Walks one partition from its genesis. A whole suffix that was cut off leaves no trace in the chain: compare what
 * `Intact` says with a tail recorded elsewhere.
 */
export const verifyChain =
  (log: Pick<EventLog, 'logId' | 'readPartition'>, p: number): TaskEither<EventLogFault, ChainVerdict> =>
  async () => {
    let last: Link = { n: 0, hash: genesisHash(log.logId, p) }
    for (;;) {
      const page = await log.readPartition(p, last.n, pageSize)()
      if (E.isLeft(page)) return page
      const tip = page.right.at(-1)
      if (tip === undefined) return E.right({ _tag: 'Intact', n: last.n, hash: last.hash })
      const broken = firstBroken(log, p, last, page.right)
      if (broken !== null) return E.right(broken)
      last = tip
    }
  }
