import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'

const servingLine = /serves at (http:\/\/[^\s,]+)/

type ExitStatus = number | NodeJS.Signals

/** A server in a process of its own. */
export type ServerProcess = Readonly<{
  url: string
  pid: number
  /** Everything it has printed so far, both streams. */
  printed: () => string
  /** Sends the signal; true where the process was there to get it. */
  signal: (signal: NodeJS.Signals) => boolean
  /** Sends the signal and answers the exit status once the process has ended. */
  end: (signal: NodeJS.Signals) => Promise<ExitStatus>
}>

export type ServerProgram = Readonly<{
  /** Arguments of Node. */
  argv: ReadonlyArray<string>
  env: Readonly<Record<string, string>>
}>

type Child = ChildProcessByStdio<null, Readable, Readable>

const launch = ({ argv, env }: ServerProgram): Child =>
  spawn(process.execPath, [...argv], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })

const collect = (child: Child) => {
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => chunks.push(text))
  return () => chunks.join('')
}

const statusOf = (child: Child): ExitStatus | null => child.exitCode ?? child.signalCode

const exitOf = async (child: Child): Promise<ExitStatus> => {
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

/** Starts the program and waits until it says where it serves. */
export const startServer = async (program: ServerProgram): Promise<ServerProcess> => {
  const child = launch(program)
  const printed = collect(child)
  const url = await untilServing(child, printed)
  const signal = (name: NodeJS.Signals) => child.kill(name)
  const end = async (name: NodeJS.Signals) => {
    signal(name)
    return exitOf(child)
  }
  return { url, pid: Number(child.pid), printed, signal, end }
}

/** Starts the program where it must refuse to serve: answers its exit status and what it said. */
export const runServerToExit = async (
  program: ServerProgram,
): Promise<Readonly<{ status: ExitStatus | null; printed: string }>> => {
  const child = launch(program)
  const printed = collect(child)
  await once(child, 'close')
  return { status: statusOf(child), printed: printed() }
}
