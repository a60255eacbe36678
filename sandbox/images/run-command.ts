import { spawn } from 'node:child_process'
import { once } from 'node:events'

const rememberedBytes = 2000

/** Runs a program of this machine to its end and resolves to its stdout; rejects with the end of its stderr. */
export const runCommand = async (argv: readonly [string, ...string[]], signal: AbortSignal): Promise<string> => {
  const [file, ...args] = argv
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], signal })
  let stdout = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-rememberedBytes)
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${file} exited with ${code}: ${complaint.trim()}`)
  return stdout
}
