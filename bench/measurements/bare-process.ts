import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'

// What `python3` on the PATH runs in the end: a version manager's shim would be measured with it.
const interpreter = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()

/** Fork and exec of the program Runledger is measured with, straight on the host, output read to its end. */
export const runBareProcess = async (): Promise<void> => {
  const child = spawn(interpreter, ['-c', 'print(1)'], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`python3 on the host ended with ${code}`)
}
