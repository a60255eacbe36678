import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'

/** What the stream of a submission says was received: that, and nothing else. */
export const received = async (log: EventLog, id: unknown): Promise<SubmissionReceived['data']> => {
  const known = submissionId.decode(id)
  if (E.isLeft(known)) throw new Error(`no id: ${id}`)
  const events = await log.readStream(submissionStream(known.right), 1)()
  if (E.isLeft(events)) throw new Error(events.left.message)
  expect(events.right).toHaveLength(1)
  const event = events.right[0]?.event
  if (event?.type !== 'SubmissionReceived' || event.schema !== 1) throw new Error(`not received: ${event?.type}`)
  return event.data
}

/** How many commits a log holds. */
export const appended = async (log: EventLog): Promise<number> => {
  const tails = await log.tails()()
  return E.isRight(tails) ? tails.right.reduce((sum, n) => sum + n, 0) : -1
}
