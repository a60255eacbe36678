import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'

export type ToolAnswer = Readonly<{ status: number | null; said: string; complained: string }>

const program = join(projectRoot, 'standalone', 'log', 'main.ts')

/** Runs one command of the log's tools, as a process of its own. */
export const runLogTool = async (
  env: Readonly<Record<string, string>>,
  ...args: ReadonlyArray<string>
): Promise<ToolAnswer> => {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, complained, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { status, said, complained }
}
