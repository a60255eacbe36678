import { join } from 'node:path'
import { nodeOptionsOf } from '@runledger/standalone/setup/node-options.mjs'
import type { Grounds } from '@runledger/tests/support/cluster.ts'
import { type ServerProcess, startServer } from '@runledger/tests/support/server-process.ts'
import { runToEnd } from '../measurements/http-client.ts'
import { runAtConcurrency } from '../measurements/run-at-concurrency.ts'
import { median } from '../measurements/statistics.ts'
import { cpuTimeMs } from './cpu-time.ts'

/** CPU milliseconds of the Node processes per submission, over all rounds: a collection of the whole heap falls into few of them. */
export type OverheadReport = Readonly<{ baseline: number; runledger: number; ratio: number; perSecond: number }>

type Subject = Readonly<{ commands: string; queries: string; processes: ReadonlyArray<ServerProcess> }>

const root = join(import.meta.dirname, '..', '..')
const concurrency = 32
const perRound = 400
const warmUps = 5
const rounds = 20

const serverEnv = ({ mongoUrl, redisUrl }: Grounds) => ({
  MONGO_URL: mongoUrl,
  REDIS_URL: redisUrl,
  MASTER_KEY: '0'.repeat(64),
  LOG_LEVEL: 'warn',
  LANGUAGES: 'python',
  CONCURRENCY: String(concurrency),
  COMMAND_PORT: '0',
  QUERY_PORT: '0',
  EXECUTION_PORT: '0',
})

type Program = Parameters<typeof nodeOptionsOf>[0]

const start = (grounds: Grounds, as: Program, ...main: ReadonlyArray<string>): Promise<ServerProcess> =>
  startServer({ argv: [...nodeOptionsOf(as), join(root, ...main)], env: serverEnv(grounds) })

const startRunledger = async (grounds: Grounds): Promise<Subject> => {
  const executor = await start(grounds, 'execution-service', 'bench', 'distributed', 'null-executor.ts')
  const [command, query] = await Promise.all([
    start(grounds, 'command-service', 'command-service', 'main.ts'),
    start(grounds, 'query-service', 'query-service', 'main.ts'),
  ])
  return { commands: command.url, queries: query.url, processes: [command, query, executor] }
}

const startBaseline = async (grounds: Grounds): Promise<Subject> => {
  const baseline = await start(grounds, 'query-service', 'bench', 'distributed', 'baseline.ts')
  return { commands: baseline.url, queries: baseline.url, processes: [baseline] }
}

type Round = Readonly<{ cpuMs: number; perSecond: number }>

const roundOf = async ({ commands, queries, processes }: Subject): Promise<Round> => {
  const pids = processes.map(({ pid }) => pid)
  const before = cpuTimeMs(pids)
  const run = async (): Promise<void> => {
    const { outcome } = await runToEnd(commands, { lang: 'python', code: 'print(1)' }, queries)
    if (outcome !== 'success') throw new Error(`ended with ${String(outcome)}`)
  }
  const { perSecond } = await runAtConcurrency(run, { count: perRound, concurrency })
  return { cpuMs: (cpuTimeMs(pids) - before) / perRound, perSecond }
}

const meanOf = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Alternating rounds, after some that only warm both up: the same parts do the least that one could do, and what we do. */
export const measureOverhead = async (baselineGrounds: Grounds, grounds: Grounds): Promise<OverheadReport> => {
  const subjects = { baseline: await startBaseline(baselineGrounds), runledger: await startRunledger(grounds) }
  try {
    const seen: Array<Readonly<{ baseline: Round; runledger: Round }>> = []
    for (let round = 0; round < warmUps + rounds; round++) {
      const baseline = await roundOf(subjects.baseline)
      const runledger = await roundOf(subjects.runledger)
      if (round >= warmUps) seen.push({ baseline, runledger })
    }
    const baseline = meanOf(seen.map(({ baseline }) => baseline.cpuMs))
    const runledger = meanOf(seen.map(({ runledger }) => runledger.cpuMs))
    const perSecond = median(seen.map(({ runledger }) => runledger.perSecond))
    return { baseline, runledger, ratio: runledger / baseline, perSecond }
  } finally {
    const processes = [...subjects.baseline.processes, ...subjects.runledger.processes]
    await Promise.all(processes.map(({ end }) => end('SIGTERM')))
  }
}
