import type { StoredCommit } from './commit.ts'

/** Those of a partition's commits that follow on a position, and on one another, without a gap. */
export const denseAfter = (after: number, commits: ReadonlyArray<StoredCommit>): ReadonlyArray<StoredCommit> => {
  const gap = commits.findIndex(({ n }, index) => n !== after + 1 + index)
  return gap === -1 ? commits : commits.slice(0, gap)
}
