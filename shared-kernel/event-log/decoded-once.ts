import type { StoredCommit } from './commit.ts'
import { decodeCommit } from './decode-commit.ts'

const known = new WeakMap<StoredCommit, ReturnType<typeof decodeCommit>>()

/** As `decodeCommit`, for commits that several follow as the same objects: the first to ask has them decoded for all. */
export const decodedOnce = (commit: StoredCommit): ReturnType<typeof decodeCommit> => {
  const before = known.get(commit)
  if (before !== undefined) return before
  const decoded = decodeCommit(commit)
  known.set(commit, decoded)
  return decoded
}
