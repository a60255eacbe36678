import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Fork and exec of the program Runledger is measured with, straight on the host, output read to its end. */
export const runBareProcess = async (): Promise<void> => {
  const child = spawn('python3', ['-c', 'print(1)'], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`python3 on the host ended with ${code}`)
}
