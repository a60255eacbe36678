import * as E from 'fp-ts/lib/Either.js'
import { genesisHash } from '../../event-log/chain.ts'
import { type ChainCheck, createChainCheck } from '../../event-log/chain-check.ts'
import type { StoredCommit } from '../../event-log/commit.ts'
import type { Header } from './transfer-record.ts'

type Checking = { p: number; check: ChainCheck; count: number }

/** Follows the commits of a file: partition after partition, each from its first commit on, each chained. */
export const createImportCheck = ({ logId, partitions }: Header) => {
  const begin = (p: number): ChainCheck => createChainCheck({ logId, p, from: { n: 0, hash: genesisHash(logId, p) } })
  const state: Checking = { p: 0, check: begin(0), count: 0 }

  const moveTo = (p: number): string | null => {
    if (p < state.p || p >= partitions) return `holds a commit of partition ${p} after one of partition ${state.p}`
    const flaw = state.check.end()
    if (flaw !== null) return `ends partition ${state.p}, which ${flaw.why}`
    state.p = p
    state.check = begin(p)
    return null
  }

  return {
    /** What is wrong with the next commit, in words. */
    take: (commit: StoredCommit): string | null => {
      const misplaced = commit.p === state.p ? null : moveTo(commit.p)
      if (misplaced !== null) return misplaced
      state.count += 1
      const flaw = state.check.take(commit)
      return flaw === null ? null : `holds partition ${commit.p}, position ${flaw.position.n}, which ${flaw.why}`
    },
    /** Whether the file may end here. */
    end: (commits: number): E.Either<string, number> => {
      const flaw = state.check.end()
      if (flaw !== null) return E.left(`ends partition ${state.p}, which ${flaw.why}`)
      return commits === state.count ? E.right(commits) : E.left(`says ${commits} commits, there were ${state.count}`)
    },
  }
}
