import { readFileSync } from 'node:fs'

/** Linux counts process times in hundredths of a second, on every architecture. */
const tickMs = 10

/** CPU time, user and system, that these processes have used so far, in milliseconds. */
export const cpuTimeMs = (pids: ReadonlyArray<number>): number =>
  pids.reduce((sum, pid) => {
    // The name in parentheses may hold spaces: fields count from behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return sum + (Number(fields[11]) + Number(fields[12])) * tickMs
  }, 0)
