import type { EventLog } from '../event-log/event-log.ts'
import { createInProcessWakeUp } from './in-process-wake-up.ts'
import type { WakeUp } from './wake-up.ts'

/** Tells its listeners of what this process appends to the log. What one of them throws ends the process. */
export const wokenBy = (log: Pick<EventLog, 'onAppended'>): WakeUp => {
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  log.onAppended(wakeUp.announce)
  return wakeUp
}
