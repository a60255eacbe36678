import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { announce } from '../../standalone/setup/announce.mjs'

/** Names the run that a process belongs to: whatever a test starts inherits it. */
export const runVariable = 'RUNLEDGER_TEST_RUN'

/** Names the run that a container of a test's own database belongs to. */
export const runLabel = 'runledger.tests.run'

/** @param {number} pid */
const environmentOf = pid => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** @param {number} pid */
const hasEnded = pid => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') ?? true
  } catch {
    return true
  }
}

/**
 * Processes other than this one that were started for that run and still live.
 * @param {string} run
 */
const processesOf = run =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => pid !== process.pid && environmentOf(pid).includes(`${runVariable}=${run}`) && !hasEnded(pid))

/**
 * @param {readonly number[]} pids
 * @param {NodeJS.Signals} signal
 */
const signalAll = (pids, signal) => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
    }
  }
}

/** @param {string} run */
const removeContainers = run => {
  const listed = spawnSync('docker', ['ps', '-aq', '--filter', `label=${runLabel}=${run}`], { encoding: 'utf8' })
  const ids = (listed.stdout ?? '').split('\n').filter(id => id !== '')
  if (ids.length > 0) spawnSync('docker', ['rm', '-f', '-v', ...ids], { stdio: 'ignore' })
}

/**
 * Ends what the suites of a run have started and an interruption kept them from ending: services first get the time to
 * remove their containers. Answers how many processes there were.
 * @param {string} run
 * @param {{ patienceMs: number }} bound
 */
export const endLeftovers = async (run, { patienceMs } = { patienceMs: 25_000 }) => {
  const left = processesOf(run)
  if (left.length > 0) announce(`ending ${left.length} processes that the tests have left`)
  signalAll(left, 'SIGTERM')
  const deadline = performance.now() + patienceMs
  while (left.some(pid => !hasEnded(pid)) && performance.now() < deadline) await delay(100)
  signalAll(processesOf(run), 'SIGKILL')
  removeContainers(run)
  return left.length
}
