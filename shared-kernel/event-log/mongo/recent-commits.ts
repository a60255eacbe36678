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

export const recentCommits = (): RecentCommits => {
  const byPartition = new Map<number, Array<Seen>>()

  const noteOne = (commit: Seen): void => {
    const seen = byPartition.get(commit.p) ?? []
    const last = seen.at(-1)?.n ?? 0
    if (commit.n <= last) return
    if (commit.n === last + 1) seen.push(seenOf(commit))
    else seen.splice(0, seen.length, seenOf(commit))
    if (seen.length > kept) seen.shift()
    byPartition.set(commit.p, seen)
  }

  return {
    note: commits => commits.forEach(noteOne),
    last: p => byPartition.get(p)?.at(-1) ?? null,
    lastOf: (p, stream) => byPartition.get(p)?.findLast(({ s }) => s === stream) ?? null,
    forget: () => byPartition.clear(),
  }
}
