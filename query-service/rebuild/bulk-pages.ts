import type { CommitContent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { nextLimit, type PageBounds } from '@runledger/shared-kernel/event-log/page-limit.ts'
import type { ReadOptions, StoredOrder } from '@runledger/shared-kernel/event-log/stored-order.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

export type PagedLog = Pick<EventLog, 'readPartition'> & Partial<StoredOrder>

export type Positions = ReadonlyMap<number, number>

type Page = Promise<Either<EventLogFault, ReadonlyArray<CommitContent>>>

/** Gives what comes behind the positions, in each partition by position; none: the tails are reached. */
export type NextPage = (positions: Positions, tails: ReadonlyArray<number>) => Page

const isReached = (positions: Positions, tails: ReadonlyArray<number>): boolean =>
  tails.every((tail, p) => (positions.get(p) ?? 0) >= tail)

/** The first commit that does not follow on what is before it in its partition; null: each does. */
export const firstAstray = (positions: Positions, commits: ReadonlyArray<CommitContent>): CommitContent | null => {
  const reached = new Map<number, number>()
  for (const commit of commits) {
    if (commit.n !== (reached.get(commit.p) ?? positions.get(commit.p) ?? 0) + 1) return commit
    reached.set(commit.p, commit.n)
  }
  return null
}

/** A little of each partition at a time: what was appended together lies near together. */
const inRounds = (log: PagedLog, { bytes, most }: PageBounds): NextPage => {
  let limit = 1
  return async (positions, tails) => {
    const fair = Math.max(1, Math.ceil(most / tails.length))
    const commits: Array<CommitContent> = []
    for (const [p, tail] of tails.entries()) {
      const after = positions.get(p) ?? 0
      if (after >= tail) continue
      const page = await log.readPartition(p, after, limit)()
      if (isLeft(page)) return page
      commits.push(...page.right)
    }
    limit = nextLimit(limit, { bytes, most: fair }, commits)
    return right(commits)
  }
}

/**
 * The whole log, page by page. As it is stored, where the log can tell: partition after partition, or a little of each,
 * would visit the pages of log and collections again and again. Where that leaves an order of positions, in rounds.
 */
export const bulkPages = (log: PagedLog, bounds: PageBounds, options: ReadOptions): NextPage => {
  const rounds = inRounds(log, bounds)
  let readOn: ReturnType<NonNullable<PagedLog['asStored']>> | null = null
  let isOrdered = log.asStored !== undefined
  return async (positions, tails) => {
    if (isReached(positions, tails)) return right([])
    if (isOrdered && log.asStored !== undefined) {
      readOn ??= log.asStored(new Map(positions), options)
      const page = await readOn(bounds)()
      if (isLeft(page) || firstAstray(positions, page.right) === null) return page
      isOrdered = false
    }
    return rounds(positions, tails)
  }
}
