import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { containersOf } from '@runledger/tests/support/containers-of.ts'
import type { StandaloneProcess } from '@runledger/tests/support/standalone-process.ts'
import { saturated } from './runledger-latency.ts'

/** What a server holds after so many runs. */
export type SoakSample = Readonly<{
  runs: number
  rssMiB: number
  /** Of the Docker daemon and its containerd on this machine. */
  daemonMiB: number
  files: number
  containers: number
  perSecond: number
}>

const rssMiB = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

const nameOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    // It has ended since it was listed.
    return ''
  }
}

const daemons: ReadonlySet<string> = new Set(['dockerd', 'containerd'])

const daemonMiB = (): number =>
  readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry) && daemons.has(nameOf(entry)))
    .reduce((sum, pid) => sum + rssMiB(Number(pid)), 0)

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

/** Runs short programs, as many at once as saturate it, and takes a sample after each `runs` of them. */
export const soakSamples = async (
  runledger: StandaloneProcess,
  { runs, samples, onSample }: Readonly<{ runs: number; samples: number; onSample: (sample: SoakSample) => void }>,
): Promise<ReadonlyArray<SoakSample>> => {
  const taken: Array<SoakSample> = []
  for (let count = 1; count <= samples; count++) {
    const { perSecond } = await saturated(runledger.url, runs, 4 * availableParallelism())
    const sample = {
      runs: count * runs,
      rssMiB: rssMiB(runledger.pid),
      daemonMiB: daemonMiB(),
      files: openFiles(runledger.pid),
      containers: (await containersOf(runledger.dataDir)).length,
      perSecond,
    }
    taken.push(sample)
    onSample(sample)
  }
  return taken
}
