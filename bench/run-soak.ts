import { availableParallelism } from 'node:os'
import { type SoakSample, soakSamples } from './measurements/soak-samples.ts'
import { soakedServer, soakedWorker } from './measurements/soaked.ts'
import { table } from './report/table.ts'
import type { Target } from './report/targets.ts'

const samples = 10
// Caches fill first, and a heap breathes between two collections: thirds are compared, and the first does not count.
const third = 3
const breathing = { rssMiB: 32, daemonMiB: 32, files: 8 }
const mostRssMiB = 150

type Figure = 'rssMiB' | 'daemonMiB' | 'files' | 'containers'

type Subject = Readonly<{ name: string; runs: number; soaked: typeof soakedServer }>

const greatest = (taken: ReadonlyArray<SoakSample>, figure: Figure): number =>
  Math.max(...taken.map(sample => sample[figure]))

const growthTarget = (
  taken: ReadonlyArray<SoakSample>,
  what: string,
  figure: Exclude<Figure, 'containers'>,
): Target => {
  const grown = greatest(taken.slice(-third), figure) - greatest(taken.slice(third, 2 * third), figure)
  const bound = breathing[figure]
  return { what, bound: `<= ${bound}`, measured: grown.toFixed(0), reached: grown <= bound }
}

const targets = (taken: ReadonlyArray<SoakSample>): ReadonlyArray<Target> => {
  const containers = greatest(taken, 'containers')
  const bound = 12 * availableParallelism()
  const rssMiB = greatest(taken, 'rssMiB')
  return [
    {
      what: 'RSS under full load, MiB',
      bound: `<= ${mostRssMiB}`,
      measured: rssMiB.toFixed(0),
      reached: rssMiB <= mostRssMiB,
    },
    growthTarget(taken, 'RSS grown from the second third to the last, MiB', 'rssMiB'),
    growthTarget(taken, "the daemon's RSS grown alike, MiB", 'daemonMiB'),
    growthTarget(taken, 'open files grown alike', 'files'),
    {
      what: 'containers at any time',
      bound: `<= ${bound}`,
      measured: String(containers),
      reached: containers <= bound,
    },
  ]
}

const cells = (sample: SoakSample): ReadonlyArray<string> => [
  ...[sample.runs, sample.rssMiB, sample.anonymousMiB, sample.daemonMiB, sample.files, sample.containers].map(count =>
    count.toFixed(0),
  ),
  sample.perSecond.toFixed(1),
]

const headings = ['runs', 'RSS MiB', 'anonymous', 'daemon MiB', 'open files', 'containers', 'runs/s']

const soak = async ({ name, runs, soaked }: Subject, isolation: string): Promise<boolean> => {
  const onSample = (sample: SoakSample) => console.error(`${name} after ${cells(sample).join(' | ')}`)
  const perSample = Math.ceil(runs / samples)
  const taken = await soaked(isolation, subject => soakSamples(subject, { runs: perSample, samples, onSample }))
  const reached = targets(taken)
  console.log(`\n${name}\n\n${table(headings, taken.map(cells))}`)
  console.log(
    table(
      ['target', 'bound', 'measured', 'reached'],
      reached.map(({ what, bound, measured, reached }) => [what, bound, measured, reached ? 'yes' : 'NO']),
    ),
  )
  return reached.every(target => target.reached)
}

/**
 * `SOAK_RUNS` short programs through a server, in containers used as `SANDBOX_ISOLATION` says, and `SOAK_WORKER_RUNS`
 * through one execution-service among others, where each has its own; true where nothing grows and no more is held than may be.
 */
export const runSoak = async (): Promise<boolean> => {
  const { SOAK_RUNS = '2000', SOAK_WORKER_RUNS = '1000', SANDBOX_ISOLATION = 'per-tenant' } = process.env
  const server = { name: 'All services in one process', runs: Number(SOAK_RUNS), soaked: soakedServer }
  const worker = { name: 'One execution-service', runs: Number(SOAK_WORKER_RUNS), soaked: soakedWorker }
  const isServerFit = await soak(server, SANDBOX_ISOLATION)
  return (await soak(worker, SANDBOX_ISOLATION)) && isServerFit
}
