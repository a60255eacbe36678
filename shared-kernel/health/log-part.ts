import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventLog } from '../event-log/event-log.ts'
import { partOf } from './part-of.ts'
import type { Part } from './readiness.ts'

/** Whether the event log answers: asked for what comes after everything, it reads next to nothing. */
export const logPart = (log: Pick<EventLog, 'readPartition'>, part = 'event log'): Promise<Part> =>
  partOf(part, async () => {
    const beyond = await log.readPartition(0, Number.MAX_SAFE_INTEGER, 1)()
    return isLeft(beyond) ? beyond.left.message : null
  })
