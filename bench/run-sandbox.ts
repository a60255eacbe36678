import { availableParallelism } from 'node:os'
import { containersOf } from '@runledger/tests/support/containers-of.ts'
import Docker from 'dockerode'
import { bareInImage } from './measurements/bare-in-image.ts'
import { runBareProcess } from './measurements/bare-process.ts'
import { idleMiB } from './measurements/idle-memory.ts'
import { runAtConcurrency } from './measurements/run-at-concurrency.ts'
import { pacedLatencies, saturated } from './measurements/runledger-latency.ts'
import { served } from './measurements/served.ts'
import { median } from './measurements/statistics.ts'
import { sandboxTables, sandboxTargets } from './report/sandbox-report.ts'
import { pythonImage } from './run-embedded.ts'

const cpus = availableParallelism()
const rounds = 7
// Saturated is a steady state, and V8 has compiled what a run needs after some 700 runs: shares of the time are measured then.
const warmUpRuns = 700
const bareRuns = 120
const ownRuns = 240
const step = (what: string) => console.error(`measuring: ${what}`)

const bareOneAtATime = async (origin: string) => {
  step('bare, one at a time')
  const { durationsMs } = await runAtConcurrency(runBareProcess, { count: 40, concurrency: 1 })
  const perSecond = await bareInImage(new Docker(), await pythonImage(origin), 60, 1)
  return { host: durationsMs, imageMs: 1000 / perSecond }
}

// Bare and Runledger in turn, so that both meet the same noise of the machine.
const rates = async (origin: string) => {
  const docker = new Docker()
  const image = await pythonImage(origin)
  const seen: Array<Readonly<{ host: number; image: number; runledger: number }>> = []
  step('warming up')
  await saturated(origin, warmUpRuns, 4 * cpus)
  for (let round = 1; round <= rounds; round++) {
    step(`bare and per-tenant, saturated, round ${round} of ${rounds}`)
    const host = await runAtConcurrency(runBareProcess, { count: bareRuns, concurrency: cpus })
    const inImage = await bareInImage(docker, image, bareRuns, cpus)
    const runledger = await saturated(origin, ownRuns, 4 * cpus)
    seen.push({ host: host.perSecond, image: inImage, runledger: runledger.perSecond })
  }
  return {
    host: median(seen.map(({ host }) => host)),
    image: median(seen.map(({ image }) => image)),
    runledger: median(seen.map(({ runledger }) => runledger)),
    toHost: median(seen.map(({ host, runledger }) => runledger / host)),
    toImage: median(seen.map(({ image, runledger }) => runledger / image)),
  }
}

/** Measures what reuse of containers gives, against bare processes; true where every target is reached. */
export const runSandbox = async (): Promise<boolean> => {
  const perTenant = await served({ languages: 'python', isolation: 'per-tenant' }, async ({ url: origin }) => {
    await pacedLatencies(origin, 4, 0)
    const bare = await bareOneAtATime(origin)
    step('per-tenant, back to back')
    return { bare, latencies: await pacedLatencies(origin, 60, 0), rates: await rates(origin) }
  })
  const singleUse = await served({ languages: 'python', isolation: 'single-use' }, async ({ url: origin, dataDir }) => {
    await pacedLatencies(origin, 4, 500)
    step('single-use, one submission each 500 ms')
    const latencies = await pacedLatencies(origin, 40, 500)
    const bare = await bareOneAtATime(origin)
    return { bare, latencies, idleMiB: await idleMiB(new Docker(), await containersOf(dataDir)) }
  })
  const figures = { perTenant, singleUse }
  console.log(`\n${sandboxTables(figures)}`)
  return sandboxTargets(figures).every(({ reached }) => reached)
}
