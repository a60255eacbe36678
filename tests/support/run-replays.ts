import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const main = join(import.meta.dirname, '..', '..', 'command-service', 'replay-many', 'main.ts')

type Ended = Readonly<{ status: number | null; stdout: string; stderr: string }>

/** `npm run replay` with these arguments. */
export const startReplays = (
  ...argv: ReadonlyArray<string>
): Readonly<{ interrupt: () => void; ended: Promise<Ended> }> => {
  const child = spawn(process.execPath, [main, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const untilEnded = async (): Promise<Ended> => {
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [status] = await exited
    return { status: status as number | null, stdout, stderr }
  }
  return { interrupt: () => void child.kill('SIGINT'), ended: untilEnded() }
}

/** The same, to its end. */
export const runReplays = (...argv: ReadonlyArray<string>): Promise<Ended> => startReplays(...argv).ended
