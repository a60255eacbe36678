import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { walkPartition } from '@runledger/shared-kernel/event-log/walk-partition.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

type Stretch = Readonly<{ p: number; after: number; until: number }>

/** The commits of a partition behind one position and up to another, page by page; fewer where the log ends before. */
export async function* partitionUpTo(
  log: Pick<EventLog, 'readPartition'>,
  { p, after, until }: Stretch,
): AsyncGenerator<Either<EventLogFault, ReadonlyArray<StoredCommit>>, void> {
  if (after >= until) return
  for await (const page of walkPartition(log, p, after)) {
    if (isLeft(page)) {
      yield page
      return
    }
    const wanted = page.right.filter(({ n }) => n <= until)
    if (wanted.length > 0) yield right(wanted)
    if ((page.right.at(-1)?.n ?? until) >= until) return
  }
}
