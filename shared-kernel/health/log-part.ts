import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventLog } from '../event-log/event-log.ts'
import type { Part } from './readiness.ts'

/** Whether the event log answers. */
export const logPart = async (log: Pick<EventLog, 'tails'>): Promise<Part> => {
  const tails = await log.tails()()
  return { part: 'event log', problems: isLeft(tails) ? [tails.left.message] : [] }
}
