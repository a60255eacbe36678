import { readdirSync, readFileSync } from 'node:fs'
import type { Timed } from './run-at-concurrency.ts'

/** A process that runs programs, or has them run. */
export type Soaked = Readonly<{
  pid: number
  /** Has so many short programs run, as many at once as saturate it. */
  load: (runs: number) => Promise<Timed>
  /** What there is of its containers. */
  containers: () => Promise<ReadonlyArray<string>>
}>

/** What a process holds after so many runs. */
export type SoakSample = Readonly<{
  runs: number
  rssMiB: number
  /** Of that, what is no page of a file. */
  anonymousMiB: number
  /** Of the Docker daemon and its containerd on this machine. */
  daemonMiB: number
  files: number
  containers: number
  perSecond: number
}>

const statusMiB = (pid: number, member: 'VmRSS' | 'RssAnon'): number =>
  Number(new RegExp(`${member}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

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
    .reduce((sum, pid) => sum + statusMiB(Number(pid), 'VmRSS'), 0)

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

/** Runs short programs and takes a sample after each `runs` of them. */
export const soakSamples = async (
  { pid, load, containers }: Soaked,
  { runs, samples, onSample }: Readonly<{ runs: number; samples: number; onSample: (sample: SoakSample) => void }>,
): Promise<ReadonlyArray<SoakSample>> => {
  const taken: Array<SoakSample> = []
  for (let count = 1; count <= samples; count++) {
    const { perSecond } = await load(runs)
    const sample = {
      runs: count * runs,
      rssMiB: statusMiB(pid, 'VmRSS'),
      anonymousMiB: statusMiB(pid, 'RssAnon'),
      daemonMiB: daemonMiB(),
      files: openFiles(pid),
      containers: (await containers()).length,
      perSecond,
    }
    taken.push(sample)
    onSample(sample)
  }
  return taken
}
