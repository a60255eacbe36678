import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { addEvents, type EventsById } from '../projector/fold-batch.ts'
import { documentCollection, projectionKey, type Row } from '../projector/projection.ts'
import { partitionUpTo } from './partition-up-to.ts'
import { type Compared, type Comparison, stopped } from './verification.ts'
import { compareDocument, type FoldedStream } from './verify-documents.ts'
import { compareRows } from './verify-rows.ts'

/** A partition as far as it is compared; `passed` is told after each page, and answers whether to go on. */
export type Stretch = Readonly<{ p: number; until: number; passed: (commits: number) => boolean }>

/** What the fold of one partition has come to, document by document. */
type Partition = Map<string, FoldedStream>

const group = ({ projection, found }: Comparison, commits: ReadonlyArray<StoredCommit>) => {
  const events: EventsById = new Map()
  for (const commit of commits) {
    const decoded = decodeCommit(commit)
    if (isLeft(decoded)) {
      found.add(projectionKey(projection), commit.s, `its commit cannot be decoded: ${decoded.left.why}`)
      continue
    }
    addEvents(events, projection, decoded.right)
  }
  return events
}

// Rows are compared as they come, and forgotten: only documents wait for what is still to be folded into them.
const foldPage = (comparison: Comparison, partition: Partition, commits: ReadonlyArray<StoredCommit>) => {
  const rows: Array<Row> = []
  for (const [id, events] of group(comparison, commits)) {
    const before = partition.get(id)?.document ?? null
    const folded = comparison.projection.fold(before, events, id)
    rows.push(...folded.rows)
    const document = folded.body === null ? null : { id, version: folded.version, body: folded.body }
    partition.set(id, { document, stream: events[0]?.stream ?? id })
    if (folded.poison !== null) comparison.found.add(documentCollection(comparison.projection), id, folded.poison.error)
  }
  return compareRows(comparison, rows)
}

const foldPartition = async (
  comparison: Comparison,
  partition: Partition,
  { p, until, passed }: Stretch,
): Compared<void> => {
  let reached = 0
  for await (const page of partitionUpTo(comparison.log, { p, after: 0, until })) {
    if (isLeft(page)) return page
    const folded = await foldPage(comparison, partition, page.right)
    if (isLeft(folded)) return folded
    reached = page.right.at(-1)?.n ?? reached
    if (!passed(page.right.length)) return left(stopped)
  }
  if (reached < until)
    comparison.found.add(
      projectionKey(comparison.projection),
      `partition ${p}`,
      `is at ${until}, the log at ${reached}`,
    )
  return right(undefined)
}

/** Compares the documents and rows of one partition with a fold of its streams. Memory grows with its documents. */
export const verifyStreams = async (comparison: Comparison, stretch: Stretch): Compared<void> => {
  const partition: Partition = new Map()
  const folded = await foldPartition(comparison, partition, stretch)
  if (isLeft(folded)) return folded
  for (const [id, stream] of partition) {
    const compared = await compareDocument(comparison, id, stream)
    if (isLeft(compared)) return compared
  }
  return right(undefined)
}
