import { shownState } from '@runledger/query-service/generations/generation-record.ts'
import { openGenerations } from '@runledger/query-service/generations/registry.ts'
import { loadParkedStreams } from '@runledger/query-service/projector/parked-streams.ts'
import { atGeneration, type Projection, projectionKey } from '@runledger/query-service/projector/projection.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Outcome } from './commands.ts'
import type { Sources } from './open-sources.ts'

const lagOf = (tails: ReadonlyArray<number>, positions: ReadonlyMap<number, number>): number =>
  tails.reduce((behind, tail, p) => behind + Math.max(0, tail - (positions.get(p) ?? 0)), 0)

const factsOf = async ({ log, store }: Sources, key: string): Promise<string> => {
  const positions = await store.checkpoints(key)()
  const [tails, parked] = [await log.tails()(), await loadParkedStreams(store, key)]
  if (isLeft(positions) || isLeft(tails) || isLeft(parked)) return 'cannot be read'
  return `${lagOf(tails.right, positions.right)} behind, ${parked.right.length} parked`
}

/** A line for each generation of each projection. */
export const list = async (
  { sources, logger }: Readonly<{ sources: Sources; logger: Logger }>,
  chosen: ReadonlyArray<Projection>,
): Promise<ReadonlyArray<Outcome>> => {
  const generations = openGenerations({ store: sources.store, projections: chosen, logger })
  await generations.refresh()
  const outcomes: Array<Outcome> = []
  for (const projection of chosen) {
    const record = generations.record(projection)
    for (const generation of record.generations) {
      const facts = await factsOf(sources, projectionKey(atGeneration(projection, generation.number)))
      const reason = generation.reason === null ? '' : `, ${generation.reason}`
      const state = shownState(record, generation)
      outcomes.push({ ok: true, line: `${projection.name}  version ${generation.number}  ${state}  ${facts}${reason}` })
    }
  }
  return outcomes
}
