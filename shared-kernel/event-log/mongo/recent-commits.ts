import type { StoredCommit } from '../commit.ts'

/** A commit without what it says. */
export type Seen = Omit<StoredCommit, 'events' | 'meta' | 'prev'>

/**
 * Of each partition the last commits this process has seen, without a gap between them. What was seen stays true; that
 * nothing follows is only a guess, which the unique index refuses where it is wrong.
 */
export type RecentCommits = Readonly<{
  note: (commits: ReadonlyArray<Seen>) => void
  /** The last commit seen, null where none was. */
  last: (p: number) => Seen | null
  /** Of those seen, the last that the stream holds. */
  lastOf: (p: number, stream: string) => Seen | null
  /** After an outage nothing is taken for granted. */
  forget: () => void
}>

const kept = 64

const seenOf = ({ _id, p, n, s, v, k, recordedAt, hash }: Seen): Seen => ({ _id, p, n, s, v, k, recordedAt, hash })

/** Oldest first, and of each stream the last one. */
type Partition = Readonly<{ seen: Array<Seen>; byStream: Map<string, Seen> }>

const dropOldest = ({ seen, byStream }: Partition): void => {
  const oldest = seen.shift()
  if (oldest !== undefined && byStream.get(oldest.s) === oldest) byStream.delete(oldest.s)
}

export const recentCommits = (): RecentCommits => {
  const byPartition = new Map<number, Partition>()

  const following = (commit: Seen): Partition => {
    const known = byPartition.get(commit.p)
    if (known !== undefined && known.seen.at(-1)?.n === commit.n - 1) return known
    const begun = { seen: [], byStream: new Map() }
    byPartition.set(commit.p, begun)
    return begun
  }

  const noteOne = (commit: Seen): void => {
    if (commit.n <= (byPartition.get(commit.p)?.seen.at(-1)?.n ?? 0)) return
    const partition = following(commit)
    const seen = seenOf(commit)
    partition.seen.push(seen)
    partition.byStream.set(seen.s, seen)
    if (partition.seen.length > kept) dropOldest(partition)
  }

  return {
    note: commits => commits.forEach(noteOne),
    last: p => byPartition.get(p)?.seen.at(-1) ?? null,
    lastOf: (p, stream) => byPartition.get(p)?.byStream.get(stream) ?? null,
    forget: () => byPartition.clear(),
  }
}
