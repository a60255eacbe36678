import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('append-for-ever.ts', import.meta.url))

/** A process that appends until it is killed. */
export type AppendingProcess = Readonly<{
  /** What it was answered so far. */
  acknowledged: ReadonlyArray<string>
  /** Answers once it was answered `count` times more. */
  goesOn: (count: number) => Promise<void>
  kill: () => Promise<void>
}>

const linesOf = (child: ChildProcess) => {
  if (child.stdout === null) throw new Error('the writer has no stdout')
  return createInterface({ input: child.stdout })
}

export const appendingProcess = (url: string, database: string): AppendingProcess => {
  const child = spawn(process.execPath, [program, url, database], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: Array<string> = []
  const lines = linesOf(child).on('line', line => acknowledged.push(line))
  const closed = once(child, 'close')
  const goesOn = (count: number) =>
    new Promise<void>((resolve, reject) => {
      const enough = acknowledged.length + count
      const look = () => {
        if (acknowledged.length < enough) return
        lines.off('line', look)
        resolve()
      }
      lines.on('line', look)
      child.once('close', () => reject(new Error(`the writer ended after ${acknowledged.length} appends`)))
    })
  return {
    acknowledged,
    goesOn,
    kill: async () => {
      child.kill('SIGKILL')
      await closed
    },
  }
}
