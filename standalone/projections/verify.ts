import { openGenerations } from '@runledger/query-service/generations/registry.ts'
import { atGeneration, type Projection, projectionKey } from '@runledger/query-service/projector/projection.ts'
import { verifyProjection } from '@runledger/query-service/rebuild/verify-projection.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Outcome } from './commands.ts'
import type { Sources } from './open-sources.ts'
import { progressBar } from './watch-progress.ts'

type Needs = Readonly<{ sources: Sources; logger: Logger }>

const verifyStored = async ({ log, store }: Sources, stored: Projection): Promise<Outcome> => {
  const key = projectionKey(stored)
  let bar: ReturnType<typeof progressBar> | null = null
  let shown = 0
  const verified = await verifyProjection(log, store, stored, {
    mayGoOn: () => true,
    onProgress: ({ done, total }) => {
      bar ??= progressBar(`verifying ${key}`, total)
      bar.advance(done - shown)
      shown = done
    },
  })
  if (isLeft(verified)) return { ok: false, line: `${key} cannot be verified: ${verified.left.message}` }
  const { commits, count, differences } = verified.right
  if (count === 0) return { ok: true, line: `${key}: as a fold of ${commits} commits of the log` }
  return { ok: false, line: [`${key}: ${count} differences, the first ones:`, ...differences].join('\n  ') }
}

/** Compares every generation that this code folds, and that is kept up with the log, with a fold of the log. */
export const verify = async (
  { sources, logger }: Needs,
  chosen: ReadonlyArray<Projection>,
): Promise<ReadonlyArray<Outcome>> => {
  const generations = openGenerations({ store: sources.store, projections: chosen, logger })
  await generations.refresh()
  const outcomes: Array<Outcome> = []
  for (const projection of chosen)
    for (const { number, code, state } of generations.record(projection).generations)
      if (state === 'ready' && code === projection.version)
        outcomes.push(await verifyStored(sources, atGeneration(projection, number)))
  return outcomes
}
