import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const main = join(import.meta.dirname, '..', '..', 'standalone', 'replay', 'main.ts')

/** `npm run replay` with these arguments, to its end. */
export const runReplays = async (...argv: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, [main, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [status] = await exited
  return { status: status as number | null, stdout, stderr }
}
