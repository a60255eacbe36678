import type { CommitContent, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document, ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { decodeFeedItem, trustFeedItem } from '../projector/decode-feed-item.ts'
import { documentsIn, type FoldedBatch, selectEvents } from '../projector/fold-batch.ts'
import { foldSelected, type Recall } from '../projector/fold-selected.ts'
import { type Projection, projectionKey } from '../projector/projection.ts'
import { type BulkFault, cannotGoOn } from './bulk-work.ts'
import { gatherWrites } from './gathered-writes.ts'

type Done = Promise<Either<BulkFault, void>>

const beginsHere = (events: ReadonlyArray<RecordedEvent>): boolean =>
  events[0]?.version === 1 && events.every(({ stream }) => stream === events[0]?.stream)

const poisonOf = ({ parked: [poison] }: FoldedBatch): BulkFault | null => {
  if (poison === undefined) return null
  const { stream, position, error } = poison
  const at = `position ${position.n} of partition ${position.p}`
  return { kind: 'failed', why: `stream ${stream} cannot be folded at ${at}: ${error}` }
}

/**
 * Folds pages of the log, one after another, into a generation that nobody else writes to. What they come to is written
 * after each, but for documents that are likely to change again in the next: those wait for it, or for `settle`.
 */
export const takeInto = (store: ReadModelStore, given: Projection) => {
  // Nobody reads what is built before it was compared with the log, every commit decoded. Folds of tallies may not throw.
  const itemOf = given.across === undefined ? trustFeedItem : decodeFeedItem
  const projection = { ...given, fold: given.foldUnchecked ?? given.fold }
  const gathered = gatherWrites(projectionKey(projection))
  let isSettled = true
  // Most of what a page leaves unfinished goes on in the next one. More of them would only be copied by V8 once more.
  let last = new Map<string, Document>()

  // What begins in a page is stored by a run that was cut off, if at all: then the guards skip it.
  const recall: Recall = (id, events) => {
    if (beginsHere(events)) return null
    const changed = gathered.document(id)
    if (changed !== undefined) return changed
    const document = last.get(id)
    return document !== undefined && document.version + 1 === events[0]?.version ? document : 'unknown'
  }

  const apply = async ({ writes, checkpoints }: ReturnType<typeof gathered.take>): Done => {
    const applied = await store.apply(writes, checkpoints)()
    return isLeft(applied) ? left(cannotGoOn(applied.left)) : right(undefined)
  }

  const settle = async (): Done => {
    if (isSettled) return right(undefined)
    isSettled = true
    return apply(gathered.takeAll())
  }

  const takeIn = async (commits: ReadonlyArray<CommitContent>): Done => {
    const selected = selectEvents(projection, commits.map(itemOf), () => false)
    const folded = await foldSelected(store, projection, selected, { document: recall })
    if (isLeft(folded)) return left(cannotGoOn(folded.left))
    const poison = poisonOf(folded.right)
    if (poison !== null) return left(poison)
    gathered.add(folded.right.writes, commits)
    isSettled = false
    last = new Map()
    for (const document of documentsIn(folded.right.writes)) last.set(document.id, document)
    // Folds of tallies read what the pages before have written.
    return projection.across === undefined ? apply(gathered.take()) : settle()
  }

  return { takeIn, settle }
}
