import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'

/**
 * From now on this thread has a processor after those of usual priority: whoever waits for an answer comes before work in
 * bulk. Other threads of the process stay as they are. Only Linux gives threads priorities of their own; elsewhere it does nothing.
 */
export const giveWay = (): void => {
  if (process.platform !== 'linux') return
  const thread = Number(basename(readlinkSync('/proc/thread-self')))
  setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
}
