import { spawn } from 'node:child_process'
import { SetupProblem } from './setup-problem.mjs'

/**
 * Runs a command to its end with its output visible on stderr. Rejects with a SetupProblem where it fails or outlives `timeoutMs`.
 * @param {readonly string[]} argv
 * @param {{ timeoutMs: number, cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>}
 */
export const runCommand = ([command = '', ...args], { timeoutMs, cwd, env }) =>
  new Promise((resolve, reject) => {
    const shown = [command, ...args].join(' ')
    const fail = (/** @type {string} */ how) => reject(new SetupProblem(`\`${shown}\` ${how}`))
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', process.stderr, process.stderr],
      timeout: timeoutMs,
    })
    child.once('error', error => fail(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else fail(signal === null ? `failed with exit code ${code}` : `was ended by ${signal}`)
    })
  })
