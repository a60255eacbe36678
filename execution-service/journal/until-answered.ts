import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { doubling } from '@runledger/shared-kernel/timing/doubling.ts'
import { pause } from '@runledger/shared-kernel/timing/pause.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Timing } from '../timing/timing.ts'
import { isPassingFault } from './passing-fault.ts'

export type Patience = Readonly<{ timing: Pick<Timing, 'retryMs' | 'retryMostMs'>; logger: Logger }>

/**
 * Asks the log again and again while the fault may pass, until the signal aborts: a full disk delays a result, it does
 * not lose it. At least one try is made.
 */
export const untilAnswered =
  ({ timing, logger }: Patience) =>
  async <Fault extends EventLogFault | Readonly<{ _tag: 'Refused' }>, A>(
    ask: TaskEither<Fault, A>,
    signal: AbortSignal,
  ): Promise<E.Either<Fault, A>> => {
    for (let round = 0; ; round += 1) {
      const answer = await ask()
      if (E.isRight(answer) || !isPassingFault(answer.left) || signal.aborted) return answer
      if (round === 0) logger.warn({ fault: answer.left }, 'The event log does not answer; trying on')
      await pause(doubling(timing.retryMs, timing.retryMostMs, Math.min(round, 16)), signal)
    }
  }
