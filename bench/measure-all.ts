import { availableParallelism } from 'node:os'
import type Docker from 'dockerode'
import { runBareProcess } from './measurements/bare-process.ts'
import { type AppendReport, measureAppends } from './measurements/log-appends.ts'
import { type FloodReport, measureOutputFlood } from './measurements/output-flood.ts'
import { plainContainerRun } from './measurements/plain-container.ts'
import { runAtConcurrency, type Timed } from './measurements/run-at-concurrency.ts'
import { pacedLatencies, saturated } from './measurements/runledger-latency.ts'
import { median } from './measurements/statistics.ts'

export type Subject = Readonly<{ origin: string; pid: number; docker: Docker; pythonImage: string; folder: string }>

export type Figures = Readonly<{
  bare: Timed
  plainAlone: Timed
  plainRates: ReadonlyArray<Readonly<{ concurrency: number; perSecond: number }>>
  /** Plain containers that skip the daemon's networking as Runledger's do, at the concurrency where plain ones are fastest. */
  leanRate: Timed
  paced: ReadonlyArray<number>
  backToBack: ReadonlyArray<number>
  saturation: Readonly<{ plain: number; runledger: number; ratio: number; concurrency: number }>
  flood: FloodReport
  appends: AppendReport
}>

type Step = (what: string) => void

const paceMs = 500
const cpus = availableParallelism()

const plainRates = async (plain: () => Promise<void>): Promise<Figures['plainRates']> => {
  const rates: Array<{ concurrency: number; perSecond: number }> = []
  for (const concurrency of [1, cpus, 2 * cpus, 4 * cpus]) {
    const { perSecond } = await runAtConcurrency(plain, { count: 8 * Math.max(2, concurrency), concurrency })
    rates.push({ concurrency, perSecond })
  }
  return rates
}

const fastest = (rates: Figures['plainRates']): number =>
  rates.reduce((best, rate) => (rate.perSecond > best.perSecond ? rate : best)).concurrency

// Plain and Runledger in turn, so that both meet the same noise of the machine.
const saturation = async (origin: string, plain: () => Promise<void>, concurrency: number) => {
  const pairs: Array<Readonly<{ plain: number; runledger: number }>> = []
  for (let round = 0; round < 5; round++) {
    const plainRound = await runAtConcurrency(plain, { count: 32, concurrency })
    const ours = await saturated(origin, 64, 4 * cpus)
    pairs.push({ plain: plainRound.perSecond, runledger: ours.perSecond })
  }
  return {
    plain: median(pairs.map(pair => pair.plain)),
    runledger: median(pairs.map(pair => pair.runledger)),
    ratio: median(pairs.map(pair => pair.runledger / pair.plain)),
    concurrency,
  }
}

/** Everything in one run on this machine, the compared figures next to one another. */
export const measureAll = async (subject: Subject, step: Step): Promise<Figures> => {
  const { origin, pid, docker, pythonImage, folder } = subject
  const plain = plainContainerRun(docker, pythonImage, 'network none')
  const lean = plainContainerRun(docker, pythonImage, 'networking disabled')
  await pacedLatencies(origin, 4, paceMs)
  step(`bare python3 on the host, ${cpus} at once`)
  const bare = await runAtConcurrency(runBareProcess, { count: 100, concurrency: cpus })
  step('Runledger, one submission each 500 ms')
  const paced = await pacedLatencies(origin, 40, paceMs)
  step('plain containers, one at a time')
  const plainAlone = await runAtConcurrency(plain, { count: 15, concurrency: 1 })
  step('Runledger, back to back')
  const backToBack = await pacedLatencies(origin, 30, 0)
  step('plain containers at several concurrencies')
  const rates = await plainRates(plain)
  const leanRate = await runAtConcurrency(lean, { count: 32, concurrency: fastest(rates) })
  step('plain containers against Runledger, saturated, in turn')
  const saturationFigures = await saturation(origin, plain, fastest(rates))
  step('a neighbour beside a program that writes 100 MiB')
  const flood = await measureOutputFlood(origin, pid)
  step('appends against raw SQLite transactions')
  const appends = await measureAppends(folder)
  return {
    bare,
    plainAlone,
    plainRates: rates,
    leanRate,
    paced,
    backToBack,
    saturation: saturationFigures,
    flood,
    appends,
  }
}
