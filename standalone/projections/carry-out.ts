import { setTimeout as pause } from 'node:timers/promises'
import { followProjections } from '@runledger/query-service/follow-projections.ts'
import type { GenerationRecord } from '@runledger/query-service/generations/generation-record.ts'
import { openGenerations } from '@runledger/query-service/generations/registry.ts'
import { loadParkedStreams } from '@runledger/query-service/projector/parked-streams.ts'
import { atGeneration, type Projection, projectionKey } from '@runledger/query-service/projector/projection.ts'
import { projections } from '@runledger/query-service/read-models/projections.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { Change, Outcome } from './commands.ts'
import type { Sources } from './open-sources.ts'
import { watchProgress } from './watch-progress.ts'

type Needs = Readonly<{ sources: Sources; logger: Logger; teardown: Teardown; say: (line: string) => void }>

const lookMs = 200

// What a server would do, without one.
const followHere = async ({ sources, logger, teardown }: Needs, log: EventLog): Promise<void> => {
  const { store, bulk, isShared } = sources
  const wakeUp = createInProcessWakeUp(err => logger.error({ err }, 'a wake-up listener threw'))
  const sharing = isShared ? { sharing: { name: `projections-${process.pid}-${Date.now()}` } } : {}
  const followed = followProjections({ log, store, wakeUp, logger, bulk, ...sharing })
  teardown.add('projections', async () => {
    await followed.stop()
    await wakeUp.close()
  })
  await followed.start()
}

const parkedOutcome = async ({ sources }: Needs, projection: Projection, now: GenerationRecord) => {
  const parked = await loadParkedStreams(sources.store, projectionKey(atGeneration(projection, now.active)))
  if (E.isLeft(parked) || parked.right.some(({ replays }) => replays < now.replays)) return null
  const lines = parked.right.map(({ stream, error }) => `${stream} stays parked: ${error}`)
  return { ok: lines.length === 0, line: lines.length === 0 ? 'no stream is parked' : lines.join('\n') }
}

/** Changes the record of a projection, sees to it that somebody acts on it, and waits until that is done. */
export const carryOut = async (needs: Needs, projection: Projection, change: Change): Promise<Outcome> => {
  const { sources, logger, say } = needs
  const generations = openGenerations({ store: sources.store, projections, logger })
  const changed = await generations.change(projection, change.transition)
  if (E.isLeft(changed)) return { ok: false, line: 'why' in changed.left ? changed.left.why : changed.left.message }
  const after = changed.right
  const outcome = async (): Promise<Outcome | null> => {
    const now = generations.record(projection)
    return change.replays ? parkedOutcome(needs, projection, now) : change.outcome(after, now)
  }
  const atOnce = await outcome()
  if (atOnce !== null) return atOnce
  const followed = await sources.followed()
  if (E.isLeft(followed)) return { ok: false, line: followed.left }
  if (followed.right === null) say('the server that runs does it')
  else await followHere(needs, followed.right)
  const progress = watchProgress(sources, projection)
  for (;;) {
    await generations.refresh()
    const reached = await outcome()
    if (reached !== null) {
      progress.end()
      return reached
    }
    await progress.show(generations.record(projection))
    await pause(lookMs)
  }
}
