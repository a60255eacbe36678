import { commitHash } from './chain.ts'
import { commandIdIn } from './command-id-in.ts'
import type { Position, StoredCommit } from './commit.ts'
import { createStreamVersions, type LostVersions } from './stream-versions.ts'
import { claimsTombstone, isTombstone } from './tombstone.ts'
import { uuidV5 } from './uuid-v5.ts'

/** The last commit that was found good, as far as the next depends on it. */
export type Link = Readonly<{ n: number; hash: string }>

/** The first bad position of a partition, and in words what is wrong there. */
export type Flaw = Readonly<{ position: Position; why: string }>

type Beginning = Readonly<{ logId: string; p: number; from: Link }>

export type ChainCheck = Readonly<{
  /** Takes the next commit; answers what is wrong. After a flaw nothing more may be taken. */
  take: (commit: StoredCommit) => Flaw | null
  /** Says that no commit follows. */
  end: () => Flaw | null
  tip: () => Link
  /** True where the last commit is vouched for only by the one after it. */
  needsNext: () => boolean
  /** Positions of holes that were closed by a repair. */
  repaired: () => ReadonlyArray<number>
  lost: () => ReadonlyArray<LostVersions>
}>

const isHashed = (logId: string, commit: StoredCommit): boolean => commit.hash === commitHash(logId, commit)

const linkFlaw = (p: number, previous: Link, commit: StoredCommit): string | null => {
  if (commit.n !== previous.n + 1) return `position ${commit.n} follows position ${previous.n}`
  if (commit.p !== p) return `partition ${p} holds a commit of partition ${commit.p}`
  return commit.prev === previous.hash ? null : 'does not name the commit before it'
}

const contentFlaw = (logId: string, commit: StoredCommit): string | null => {
  if (claimsTombstone(commit)) return isTombstone(logId, commit) ? null : 'has no events and is no tombstone'
  if (!isHashed(logId, commit)) return 'does not match its hash'
  const commandId = commandIdIn(commit.meta)
  return commandId !== null && commit._id === uuidV5(commandId, commit.s) ? null : 'is not named after its command'
}

/** Checks one partition commit by commit: positions, chain, hashes, ids, versions of streams. */
export const createChainCheck = ({ logId, p, from }: Beginning): ChainCheck => {
  const versions = createStreamVersions(from.n === 0)
  const repaired: Array<number> = []
  let last = from
  let pending: StoredCommit | null = null

  const broken = (n: number, why: string): Flaw => ({ position: { p, n }, why })

  // The last tombstone of a run is not what its hash says: where its successor is whole and disagrees, it was altered.
  const lastOfRun = (grave: StoredCommit, next: StoredCommit): Flaw | null => {
    const agrees = next.prev === grave.hash && next.recordedAt === grave.recordedAt
    return !agrees && isHashed(logId, next) ? broken(grave.n, 'is a tombstone that does not fit what follows') : null
  }

  const withinRun = (grave: StoredCommit, next: StoredCommit): Flaw | null => {
    if (!isHashed(logId, grave)) return broken(grave.n, 'is a tombstone that does not match its hash')
    return next.recordedAt === grave.recordedAt ? null : broken(next.n, 'is a tombstone of another hole')
  }

  const settle = (grave: StoredCommit, next: StoredCommit): Flaw | null => {
    if (next.n !== grave.n + 1) return null
    const flaw = claimsTombstone(next) ? withinRun(grave, next) : lastOfRun(grave, next)
    if (flaw === null) repaired.push(grave.n)
    return flaw
  }

  const versionFlaw = (commit: StoredCommit): string | null =>
    claimsTombstone(commit) ? null : versions.take(commit, repaired.length > 0)

  const take = (commit: StoredCommit): Flaw | null => {
    const flaw = pending === null ? null : settle(pending, commit)
    if (flaw !== null) return flaw
    const why = linkFlaw(p, last, commit) ?? contentFlaw(logId, commit) ?? versionFlaw(commit)
    if (why !== null) return broken(last.n + 1, why)
    pending = claimsTombstone(commit) ? commit : null
    last = { n: commit.n, hash: commit.hash }
    return null
  }

  return {
    take,
    end: () => (pending === null ? null : broken(pending.n, 'is a tombstone with nothing after it')),
    tip: () => last,
    needsNext: () => pending !== null,
    repaired: () => repaired,
    lost: versions.lost,
  }
}
