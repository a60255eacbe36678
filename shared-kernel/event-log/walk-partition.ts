import * as E from 'fp-ts/lib/Either.js'
import type { StoredCommit } from './commit.ts'
import type { EventLog, EventLogFault } from './event-log.ts'
import { nextLimit } from './page-limit.ts'

const bounds = { bytes: 4 * 1024 * 1024, most: 512 }

/**
 * The commits of one partition after a position, page by page, about 4 MiB at a time, until there are no more. What
 * cannot be read is asked for again one by one, so that all before it is given, and its fault comes last.
 */
export async function* walkPartition(
  log: Pick<EventLog, 'readPartition'>,
  p: number,
  after: number,
): AsyncGenerator<E.Either<EventLogFault, ReadonlyArray<StoredCommit>>, void> {
  let limit = 32
  let last = after
  for (;;) {
    const page = await log.readPartition(p, last, limit)()
    if (E.isLeft(page) && page.left.kind === 'corrupt' && limit > 1) {
      limit = 1
      continue
    }
    if (E.isRight(page) && page.right.length === 0) return
    yield page
    if (E.isLeft(page)) return
    last = page.right.at(-1)?.n ?? last
    limit = nextLimit(limit, bounds, page.right)
  }
}
