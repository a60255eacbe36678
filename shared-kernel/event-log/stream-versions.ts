import type { StoredCommit } from './commit.ts'

/** Events of a stream that were in a hole: versions `from` to `to`, missing before position `n`. */
export type LostVersions = Readonly<{ stream: string; from: number; to: number; n: number }>

/** Follows the versions of the streams of one partition. `isFromStart`: no stream has begun before what is taken. */
export const createStreamVersions = (isFromStart: boolean) => {
  const next = new Map<string, number>()
  const lost: Array<LostVersions> = []
  return {
    /** What is wrong with the versions of a commit, in words. Where a hole was repaired before it, a gap is a loss. */
    take: ({ s, v, k, n }: StoredCommit, isAfterHole: boolean): string | null => {
      const expected = next.get(s) ?? (isFromStart ? 1 : v)
      next.set(s, v + k)
      if (v === expected) return null
      if (v < expected || !isAfterHole) return `begins at version ${v} of its stream, where ${expected} is next`
      lost.push({ stream: s, from: expected, to: v - 1, n })
      return null
    },
    lost: (): ReadonlyArray<LostVersions> => lost,
  }
}
