import type { Position, StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { denseAfter } from '@runledger/shared-kernel/event-log/dense-after.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { nextLimit } from '@runledger/shared-kernel/event-log/page-limit.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

/** Commits in the order of their partition, and how far all partitions have been read after them. */
export type CommitsPage = Readonly<{
  commits: ReadonlyArray<StoredCommit>
  /** A position that is missing before others that are there: nothing beyond it is read. */
  gap: Position | null
  positions: ReadonlyArray<number>
}>

type Range = Readonly<{
  after: ReadonlyArray<number>
  /** Where to end in each partition: what is appended meanwhile is for the next time. */
  upTo: ReadonlyArray<number>
  limit: number
}>

const bounds = { bytes: 4 * 1024 * 1024, most: 64 }
const firstPage = 32

type Slice = Readonly<{ commits: ReadonlyArray<StoredCommit>; gap: Position | null }>

const sliceOf = (p: number, after: number, read: ReadonlyArray<StoredCommit>): Slice => {
  const commits = denseAfter(after, read)
  const isWhole = commits.length === read.length && read.length > 0
  return { commits, gap: isWhole ? null : { p, n: after + commits.length + 1 } }
}

/** Reads a range of the log a page at a time, one partition after the other. Ends after the first fault. */
export async function* readCommits(
  log: Pick<EventLog, 'readPartition'>,
  { after, upTo, limit }: Range,
): AsyncGenerator<Either<EventLogFault, CommitsPage>> {
  const positions = [...after]
  let left = limit
  let pageLimit = firstPage
  for (const [p, last] of upTo.entries()) {
    let end = last
    for (let n = positions[p] ?? 0; n < end && left > 0; n = positions[p] ?? 0) {
      const read = await log.readPartition(p, n, Math.min(pageLimit, left, end - n))()
      if (isLeft(read)) return yield read
      pageLimit = nextLimit(pageLimit, bounds, read.right)
      const slice = sliceOf(p, n, read.right)
      positions[p] = n + slice.commits.length
      left -= slice.commits.length
      end = slice.gap === null ? last : 0
      yield right({ ...slice, positions: [...positions] })
    }
  }
}
