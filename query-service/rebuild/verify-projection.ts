import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { AcrossStreams } from '../projector/across-streams.ts'
import { collectionsOf, type Projection, projectionKey } from '../projector/projection.ts'
import type { BulkOptions } from './bulk-work.ts'
import { surplusIds } from './surplus-ids.ts'
import { type Compared, type Comparison, collectDifferences, countMade, stopped } from './verification.ts'
import { type Stretch, verifyStreams } from './verify-streams.ts'
import { verifyTallies } from './verify-tallies.ts'

/** `differences` names the first ones; `count` counts all. */
export type Verification = Readonly<{ commits: number; count: number; differences: ReadonlyArray<string> }>

const verifyAcross = async (
  comparison: Comparison,
  across: AcrossStreams,
  { p, until, passed }: Stretch,
): Compared<void> => {
  const verified = await verifyTallies(comparison, across, { p, until })
  if (isLeft(verified)) return verified
  const { commits, differences, ids } = verified.right
  for (const { collection, id, what } of differences) comparison.found.add(collection, id, what)
  for (const [collection, made] of ids) comparison.made.add(collection, [...made].length)
  return passed(commits) ? right(undefined) : left(stopped)
}

const nameSurplus = async (comparison: Comparison): Compared<void> => {
  for (const { name } of collectionsOf(comparison.projection)) {
    const surplus = await surplusIds(comparison, name, comparison.made.of(name))
    if (isLeft(surplus)) return surplus
    for (const id of surplus.right) comparison.found.add(name, id, 'should not be there')
  }
  return right(undefined)
}

const verifyPartition = (comparison: Comparison, stretch: Stretch): Compared<void> => {
  const { across } = comparison.projection
  return across === undefined ? verifyStreams(comparison, stretch) : verifyAcross(comparison, across, stretch)
}

/**
 * Compares every document and row of a projection with a fold of the log as far as its checkpoints; whoever projects may
 * go on meanwhile. Memory grows with the documents of one partition, and with all ids only where some are too many.
 */
export const verifyProjection = async (
  log: Comparison['log'],
  store: ReadModelStore,
  projection: Projection,
  { mayGoOn, onProgress }: BulkOptions = { mayGoOn: () => true, onProgress: () => undefined },
): Compared<Verification> => {
  const found = collectDifferences()
  const comparison: Comparison = { log, store, projection, found, made: countMade() }
  const positions = await store.checkpoints(projectionKey(projection))()
  if (isLeft(positions)) return positions
  const total = [...positions.right.values()].reduce((sum, n) => sum + n, 0)
  let done = 0
  const passed = (commits: number): boolean => {
    done += commits
    onProgress({ done, total })
    return mayGoOn()
  }
  for (const [p, until] of positions.right) {
    const verified = await verifyPartition(comparison, { p, until, passed })
    if (isLeft(verified)) return verified
  }
  const surplus = await nameSurplus(comparison)
  if (isLeft(surplus)) return surplus
  return right({ commits: done, count: found.count(), differences: found.differences })
}
