import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of Runledger's own process and data folder, in bytes. */
export type Footprint = Readonly<{ residentBytes: number; storedBytes: number }>

const resident = (pid: number, field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

const stored = (folder: string): number =>
  readdirSync(folder).reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )

/** From here on the greatest resident size is counted anew. */
export const beginFootprint = (pid: number, dataDir: string): Footprint => {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  return { residentBytes: resident(pid, 'VmRSS'), storedBytes: stored(dataDir) }
}

/** The greatest resident size since then, and what is stored now. */
export const footprintSince = (pid: number, dataDir: string): Footprint => ({
  residentBytes: resident(pid, 'VmHWM'),
  storedBytes: stored(dataDir),
})
