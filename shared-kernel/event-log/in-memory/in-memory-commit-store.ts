import type { Tail } from '../build-commit.ts'
import { genesisHash } from '../chain.ts'
import type { StoredCommit } from '../commit.ts'
import type { CommitStore } from '../commit-store.ts'

/** Commits in arrays, gone with the process. */
export const inMemoryCommitStore = (logId: string): CommitStore => {
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
    partitionAfter: (p, after, limit) => partition(p).slice(after, after + limit),
    insert: commit => {
      partitions.set(commit.p, partition(commit.p))
      streams.set(commit.s, stream(commit.s))
      partition(commit.p).push(commit)
      stream(commit.s).push(commit)
      positions.set(commit._id, commit.n)
    },
  }
}
