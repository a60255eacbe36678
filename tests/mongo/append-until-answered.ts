import { setTimeout as after } from 'node:timers/promises'
import { notingTransaction } from '@runledger/shared-kernel/event-log/contract/noting-transaction.ts'
import type { EventLog, Transacted } from '@runledger/shared-kernel/event-log/event-log.ts'
import * as E from 'fp-ts/lib/Either.js'
import { acknowledgement } from './expect-whole-log.ts'

/** What every caller does: sends the same command again until it is answered by more than a fault that may pass. */
export const appendUntilAnswered = async (
  log: EventLog,
  stream: string,
): Promise<Readonly<{ outcome: Transacted<unknown>['outcome']; faults: number; acknowledged: string }>> => {
  const transaction = notingTransaction(stream, ['a note'])
  for (let faults = 0; ; faults++) {
    const answer = await log.transact(transaction)()
    const acknowledged = acknowledgement(stream, transaction.commandId)
    if (E.isRight(answer)) return { outcome: answer.right.outcome, faults, acknowledged }
    if (answer.left._tag === 'Refused' || answer.left.kind === 'corrupt') throw new Error(JSON.stringify(answer.left))
    await after(20)
  }
}
