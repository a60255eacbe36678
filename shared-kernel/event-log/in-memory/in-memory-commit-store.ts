import type { Tail } from '../build-commit.ts'
import { genesisHash } from '../chain.ts'
import type { Position, StoredCommit } from '../commit.ts'
import type { CommitStore } from '../commit-store.ts'

/** `remove` makes a hole, which no log does: for tests of what follows. */
export type InMemoryCommitStore = Omit<CommitStore, 'insert'> &
  Readonly<{ insert: (commit: StoredCommit) => void; remove: (position: Position) => void }>

const inOrder = (commits: Array<StoredCommit>, commit: StoredCommit): void => {
  const isLast = (commits.at(-1)?.n ?? 0) < commit.n
  commits.push(commit)
  if (!isLast) commits.sort((one, other) => one.n - other.n)
}

const withoutHoles = (commits: ReadonlyArray<StoredCommit>, n: number): boolean => n === 0 || commits[n - 1]?.n === n

/** Commits in arrays, gone with the process. */
export const inMemoryCommitStore = (logId: string): InMemoryCommitStore => {
  const partitions = new Map<number, Array<StoredCommit>>()
  const streams = new Map<string, Array<StoredCommit>>()
  const positions = new Map<string, number>()
  const partition = (p: number) => partitions.get(p) ?? []
  const stream = (s: string) => streams.get(s) ?? []
  return {
    tail: (p): Tail => partition(p).at(-1) ?? { n: 0, hash: genesisHash(logId, p), recordedAt: '' },
    streamVersion: s => {
      const last = stream(s).at(-1)
      return last === undefined ? 0 : last.v + last.k - 1
    },
    positionOf: (_s, commitId) => positions.get(commitId) ?? null,
    streamFrom: (s, fromVersion) => stream(s).filter(({ v, k }) => v + k > fromVersion),
    partitionAfter: (p, after, limit) => {
      const start = withoutHoles(partition(p), after) ? after : partition(p).findIndex(({ n }) => n > after)
      return start === -1 ? [] : partition(p).slice(start, start + limit)
    },
    insert: commit => {
      partitions.set(commit.p, partition(commit.p))
      streams.set(commit.s, stream(commit.s))
      inOrder(partition(commit.p), commit)
      stream(commit.s).push(commit)
      positions.set(commit._id, commit.n)
    },
    remove: ({ p, n }) => {
      const removed = partition(p).find(commit => commit.n === n)
      if (removed === undefined) return
      const others = (commits: ReadonlyArray<StoredCommit>) => commits.filter(commit => commit !== removed)
      partitions.set(p, others(partition(p)))
      streams.set(removed.s, others(stream(removed.s)))
      positions.delete(removed._id)
    },
  }
}
