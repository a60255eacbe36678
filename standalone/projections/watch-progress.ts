import type { GenerationRecord } from '@runledger/query-service/generations/generation-record.ts'
import { underWay } from '@runledger/query-service/generations/transitions.ts'
import { atGeneration, type Projection, projectionKey } from '@runledger/query-service/projector/projection.ts'
import { createProgressBar, type ProgressBar } from '@runledger/shared-kernel/process/progress-bar.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Sources } from './open-sources.ts'

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0)

export const progressBar = (what: string, total: number): ProgressBar =>
  createProgressBar({
    ...{ terminal: process.stderr, what, unit: 'commits', total, isQuiet: false },
    now: () => performance.now(),
  })

/** Draws how far the generation that is being made has come, as its checkpoints tell. */
export const watchProgress = ({ log, store }: Pick<Sources, 'log' | 'store'>, projection: Projection) => {
  let bar: ProgressBar | null = null
  let shown = 0

  const show = async (record: GenerationRecord): Promise<void> => {
    const building = underWay(record, projection.version)
    if (building === null) return
    const key = projectionKey(atGeneration(projection, building.number))
    const [positions, tails] = await Promise.all([store.checkpoints(key)(), log.tails()()])
    if (isLeft(positions) || isLeft(tails)) return
    bar ??= progressBar(`building ${key}`, sum(tails.right))
    const reached = sum(positions.right.values())
    bar.advance(reached - shown)
    shown = reached
  }

  return { show, end: () => bar?.done() }
}
