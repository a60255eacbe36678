import { availableParallelism } from 'node:os'
import { startStandalone } from '@runledger/tests/support/standalone-process.ts'
import { tempFolder } from '@runledger/tests/support/temp-folder.ts'
import { type SoakSample, soakSamples } from './measurements/soak-samples.ts'
import { table } from './report/table.ts'
import type { Target } from './report/targets.ts'

const samples = 10
const standardRuns = 2_000
// Caches fill first, and a heap breathes between two collections: thirds are compared, and the first does not count.
const third = 3
const breathing = { rssMiB: 32, daemonMiB: 32, files: 8 }

type Figure = 'rssMiB' | 'daemonMiB' | 'files' | 'containers'

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
  return [
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

const cells = ({ runs, rssMiB, daemonMiB, files, containers, perSecond }: SoakSample): ReadonlyArray<string> => [
  ...[String(runs), rssMiB.toFixed(0), daemonMiB.toFixed(0), String(files), String(containers), perSecond.toFixed(1)],
]

/** `SOAK_RUNS` short programs, in containers used as `SANDBOX_ISOLATION` says; true where nothing grows. */
export const runSoak = async (): Promise<boolean> => {
  const { SOAK_RUNS = String(standardRuns), SANDBOX_ISOLATION = 'per-tenant' } = process.env
  const runs = Math.ceil(Number(SOAK_RUNS) / samples)
  const folder = tempFolder()
  const runledger = await startStandalone({ dataDir: folder.path, env: { LANGUAGES: 'python', SANDBOX_ISOLATION } })
  try {
    const onSample = (sample: SoakSample) => console.error(`after ${cells(sample).join(' | ')}`)
    const taken = await soakSamples(runledger, { runs, samples, onSample })
    const reached = targets(taken)
    console.log(table(['runs', 'RSS MiB', 'daemon MiB', 'open files', 'containers', 'runs/s'], taken.map(cells)))
    console.log(
      table(
        ['target', 'bound', 'measured', 'reached'],
        reached.map(({ what, bound, measured, reached }) => [what, bound, measured, reached ? 'yes' : 'NO']),
      ),
    )
    return reached.every(target => target.reached)
  } finally {
    await runledger.end('SIGTERM')
    folder.remove()
  }
}
