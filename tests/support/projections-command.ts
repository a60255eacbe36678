import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'

type Ended = Readonly<{ status: number | NodeJS.Signals | null; printed: string }>

type Options = Readonly<{ killAfterMs?: number | null; root?: string }>

/** `npm run projections -- <args>` in a process of its own; killed after a while where that is given. */
export const runProjections = async (
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>>,
  { killAfterMs = null, root = projectRoot }: Options = {},
): Promise<Ended> => {
  const main = join(root, 'standalone', 'projections', 'main.ts')
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
  const chunks: Array<string> = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => chunks.push(text))
  const ended = once(child, 'close')
  if (killAfterMs !== null) {
    await Promise.race([pause(killAfterMs), ended])
    child.kill('SIGKILL')
  }
  await ended
  return { status: child.signalCode ?? child.exitCode, printed: chunks.join('') }
}
