import { join } from 'node:path'
import { nodeEnvironmentIn, nodeOptionsOf } from '@runledger/standalone/setup/node-options.mjs'
import { runServerToExit, type ServerProcess, type ServerProgram, startServer } from './server-process.ts'
import { shiftedClock } from './shifted-clock.ts'

const ownSources = join(import.meta.dirname, '..', '..')

/** A real Runledger in a process of its own. */
export type StandaloneProcess = ServerProcess & Readonly<{ dataDir: string }>

export type StandaloneOptions = Readonly<{
  dataDir: string
  env?: Readonly<Record<string, string>>
  /** Where its sources lie; absent: here. */
  root?: string
  /** How far its wall clock is ahead; absent: it is right. */
  clockShiftMs?: number
}>

const programOf = ({ dataDir, env, root = ownSources, clockShiftMs = 0 }: StandaloneOptions): ServerProgram => ({
  argv: [...nodeOptionsOf('standalone'), ...shiftedClock(clockShiftMs).argv, join(root, 'standalone', 'main.ts')],
  env: {
    ...nodeEnvironmentIn(root),
    ...{ PORT: '0', LOG_LEVEL: 'warn' },
    ...env,
    ...shiftedClock(clockShiftMs).env,
    DATA_DIR: dataDir,
  },
})

/** Starts Runledger on a free port over that data folder and waits until it serves. */
export const startStandalone = async (options: StandaloneOptions): Promise<StandaloneProcess> => ({
  ...(await startServer(programOf(options))),
  dataDir: options.dataDir,
})

/** Starts Runledger where it must refuse to: answers its exit status and what it said. */
export const runToExit = (options: StandaloneOptions) => runServerToExit(programOf(options))
