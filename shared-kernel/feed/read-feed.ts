import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Position, StoredCommit } from '../event-log/commit.ts'
import { denseAfter } from '../event-log/dense-after.ts'
import type { EventLog, EventLogFault } from '../event-log/event-log.ts'
import { bytesOf, nextLimit } from '../event-log/page-limit.ts'

/** `unread` partitions may hold more. A `gap` is a position that is missing before ones that are there. */
export type FeedPage = Readonly<{
  commits: ReadonlyArray<StoredCommit>
  unread: ReadonlyArray<number>
  gaps: ReadonlyArray<Position>
}>

type FeedReader = (
  partitions: ReadonlyArray<number>,
  after: (partition: number) => number,
) => Promise<Either<EventLogFault, FeedPage>>

const bounds = { bytes: 4 * 1024 * 1024, most: 256 }
const firstPage = 32
const partitionsPerQuestion = 32

type Slice = Readonly<{ commits: ReadonlyArray<StoredCommit>; hasMore: boolean; gap: Position | null }>

const slice = (p: number, after: number, read: ReadonlyArray<StoredCommit>, isWhole: boolean): Slice => {
  const commits = denseAfter(after, read)
  const isDense = commits.length === read.length
  const gap = isDense ? null : { p, n: after + commits.length + 1 }
  return { commits, hasMore: isDense && !isWhole, gap }
}

// They come by partition: where as many came as were asked for, the last of them may have more, and those after it too.
const slicesOf = (
  asked: ReadonlyMap<number, number>,
  read: ReadonlyArray<StoredCommit>,
  limit: number,
): ReadonlyMap<number, Slice> => {
  const reached = read.length < limit ? Number.POSITIVE_INFINITY : (read.at(-1)?.p ?? 0)
  const found = Map.groupBy(read, ({ p }) => p)
  return new Map([...asked].map(([p, after]) => [p, slice(p, after, found.get(p) ?? [], p < reached)]))
}

const pageOf = (slices: ReadonlyMap<number, Slice>, partitions: ReadonlyArray<number>): FeedPage => ({
  commits: [...slices.values()].flatMap(({ commits }) => commits),
  unread: partitions.filter(p => slices.get(p)?.hasMore ?? true),
  gaps: [...slices.values()].flatMap(({ gap }) => (gap === null ? [] : [gap])),
})

/**
 * Reads on from the given positions, about 4 MiB at a time: the number of commits asked for adapts to their size, so a
 * log of large outputs takes no more memory than one of small ones. Never passes a gap.
 */
export const createFeedReader = (log: EventLog): FeedReader => {
  let limit = firstPage

  return async (partitions, after) => {
    const slices = new Map<number, Slice>()
    let bytes = 0
    for (let first = 0; first < partitions.length && bytes < bounds.bytes; first += partitionsPerQuestion) {
      const asked = new Map(partitions.slice(first, first + partitionsPerQuestion).map(p => [p, after(p)]))
      const read = await log.readPartitions(asked, limit)()
      if (isLeft(read)) return read
      for (const [p, found] of slicesOf(asked, read.right, limit)) slices.set(p, found)
      bytes += bytesOf(read.right)
      limit = nextLimit(limit, bounds, read.right)
    }
    return right(pageOf(slices, partitions))
  }
}
