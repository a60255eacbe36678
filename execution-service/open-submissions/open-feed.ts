import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { pause } from '@runledger/shared-kernel/timing/pause.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Timing } from '../timing/timing.ts'
import { type Following, followLog } from './follow-log.ts'
import type { OpenIndex } from './open-index.ts'
import type { OpenEntry } from './open-submission.ts'

type Dependencies = Readonly<{
  log: EventLog
  wakeUp: WakeUp
  index: OpenIndex
  timing: Pick<Timing, 'gatherMs' | 'idleMs' | 'retryMs'>
  logger: Logger
}>

/** Keeps the index of open submissions in step with the log and shows every entry that changed, until the signal aborts. */
export const feedOpenIndex = async (
  dependencies: Dependencies,
  react: (entry: OpenEntry) => Promise<void>,
  signal: AbortSignal,
): Promise<Following | null> => {
  const { index } = dependencies
  const from = await whereItStands(dependencies, signal)
  if (from === null) return null
  return followLog(dependencies, from, ({ commits, positions }) =>
    pipe(
      index.apply(commits, positions),
      TE.chainTaskK(entries => async () => {
        for (const entry of entries) await react(entry)
      }),
    ),
  )
}

const whereItStands = async (
  { index, timing, logger }: Dependencies,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number> | null> => {
  while (!signal.aborted) {
    const positions = await pipe(index.ensure(), TE.chain(index.positions))()
    if (E.isRight(positions)) return positions.right
    logger.warn({ fault: positions.left }, 'The index of open submissions cannot be opened; trying on')
    await pause(timing.retryMs, signal)
  }
  return null
}
