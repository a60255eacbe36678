import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { nodeOptions } from '@runledger/standalone/setup/node-options.mjs'

const main = join(import.meta.dirname, '..', '..', 'standalone', 'main.ts')
const servingLine = /serves at (http:\/\/\S+)/

/** A real Runledger in a process of its own. */
export type StandaloneProcess = Readonly<{
  url: string
  pid: number
  dataDir: string
  /** Everything it has printed so far, both streams. */
  printed: () => string
  /** Sends the signal and answers the exit status once the process has ended. */
  end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals>
}>

export type StandaloneOptions = Readonly<{ dataDir: string; env?: Readonly<Record<string, string>> }>

type Child = ChildProcessByStdio<null, Readable, Readable>

const launch = ({ dataDir, env }: StandaloneOptions): Child =>
  spawn(process.execPath, [...nodeOptions, main], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', ...env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const collect = (child: Child) => {
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => chunks.push(text))
  return () => chunks.join('')
}

const statusOf = (child: Child): number | NodeJS.Signals | null => child.exitCode ?? child.signalCode

const exitOf = async (child: Child): Promise<number | NodeJS.Signals> => {
  if (statusOf(child) === null) await once(child, 'exit')
  return statusOf(child) ?? 0
}

const untilServing = (child: Child, printed: () => string): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout.on('data', () => {
      const url = servingLine.exec(printed())?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('close', () => reject(new Error(`it ended before it served:\n${printed()}`)))
    child.once('error', reject)
  })

/** Starts Runledger on a free port over that data folder and waits until it serves. */
export const startStandalone = async (options: StandaloneOptions): Promise<StandaloneProcess> => {
  const child = launch(options)
  const printed = collect(child)
  const url = await untilServing(child, printed)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exitOf(child)
  }
  return { url, pid: Number(child.pid), dataDir: options.dataDir, printed, end }
}

/** Starts Runledger where it must refuse to: answers its exit status and what it said. */
export const runToExit = async (
  options: StandaloneOptions,
): Promise<Readonly<{ status: unknown; printed: string }>> => {
  const child = launch(options)
  const printed = collect(child)
  await once(child, 'close')
  return { status: statusOf(child), printed: printed() }
}
