import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { containersOf } from '@runledger/tests/support/containers-of.ts'
import type { StandaloneProcess } from '@runledger/tests/support/standalone-process.ts'
import { saturated } from './runledger-latency.ts'

/** What a server holds after so many runs. */
export type SoakSample = Readonly<{
  runs: number
  rssMiB: number
  files: number
  containers: number
  perSecond: number
}>

const rssMiB = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

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
      files: openFiles(runledger.pid),
      containers: (await containersOf(runledger.dataDir)).length,
      perSecond,
    }
    taken.push(sample)
    onSample(sample)
  }
  return taken
}
