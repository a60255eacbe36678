import { runDistributed } from './distributed/run-distributed.ts'
import { runCases } from './run-cases.ts'
import { runEmbedded } from './run-embedded.ts'
import { runHistory } from './run-history.ts'
import { runLog } from './run-log.ts'
import { runRebuild } from './run-rebuild.ts'
import { runSandbox } from './run-sandbox.ts'
import { runSealing } from './run-sealing.ts'
import { runSoak } from './run-soak.ts'
import { runStreams } from './run-streams.ts'

const suites: Readonly<Record<string, () => Promise<boolean>>> = {
  embedded: runEmbedded,
  distributed: runDistributed,
  log: runLog,
  streams: runStreams,
  rebuild: runRebuild,
  sealing: runSealing,
  sandbox: runSandbox,
  cases: runCases,
  soak: runSoak,
  history: runHistory,
}

const [name = 'embedded'] = process.argv.slice(2)
const suite = suites[name]
if (suite === undefined) {
  console.error(`there is no benchmark ${name}: ${Object.keys(suites).join(', ')}`)
  process.exitCode = 2
} else if (!(await suite())) process.exitCode = 1
