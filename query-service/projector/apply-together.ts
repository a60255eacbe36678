import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { FeedItem } from './fold-batch.ts'
import type { LiveProjection, Progress, Progressed } from './live-projection.ts'

type Moved = Readonly<{ live: LiveProjection; progressed: Progressed }>

/**
 * Takes the items into several projections with one `apply` of the store: what they cost per page is the same however many
 * there are. A partition that was taken over from one of them was taken over from all.
 */
export const applyTogether = async (
  store: Pick<ReadModelStore, 'apply'>,
  projections: ReadonlyArray<LiveProjection>,
  items: ReadonlyArray<FeedItem>,
): Promise<Either<ReadModelStoreFault, ReadonlyArray<Moved>>> => {
  const drafts: Array<Readonly<{ live: LiveProjection; progress: Progress }>> = []
  for (const live of projections) {
    const draft = await live.draft(items)
    if (isLeft(draft)) return draft
    drafts.push({ live, progress: draft.right })
  }
  const writes = drafts.flatMap(({ progress }) => progress.writes)
  const checkpoints = drafts.flatMap(({ progress }) => progress.checkpoints)
  if (checkpoints.length === 0) return right([])
  const applied = await store.apply(writes, checkpoints)()
  if (isLeft(applied)) return applied
  return right(drafts.map(({ live, progress }) => ({ live, progressed: progress.settle(applied.right) })))
}
