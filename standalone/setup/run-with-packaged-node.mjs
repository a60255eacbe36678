import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { nodeEnvironmentIn } from './node-options.mjs'

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a script with the Node that the packages brought and answers its exit code. Signals sent to this process reach
 * the script; the script must bear the same signal twice, since a terminal's Ctrl-C goes to both.
 * @param {string} root
 * @param {readonly string[]} argv the script and its arguments
 * @returns {Promise<number>}
 */
export const runWithPackagedNode = (root, argv) =>
  new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules', '.bin', 'node'), argv, {
      cwd: root,
      env: { ...nodeEnvironmentIn(root), ...process.env },
      // Nothing is said over the channel: its end tells the script that this process is gone.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, forward)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const forwarded of signals) process.off(forwarded, forward)
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal])
    })
  })
