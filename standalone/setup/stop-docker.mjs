import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { announce } from './announce.mjs'

const pidFile = '/var/run/docker.pid'
const patienceMs = 30_000

/** @param {number} pid */
const isAlive = pid => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {number} pid */
const childrenOf = pid =>
  readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )

/** @param {number} pid */
const endProcess = async pid => {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGTERM')
  const deadline = performance.now() + patienceMs
  while (isAlive(pid) && performance.now() < deadline) await delay(100)
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}

/** Ends the daemon of this machine and the containerd it runs, by their process ids. */
export const stopDocker = async () => {
  announce('stopping the Docker daemon that was started for this run')
  const daemon = Number(readFileSync(pidFile, 'utf8'))
  const children = childrenOf(daemon)
  for (const pid of [daemon, ...children]) await endProcess(pid)
}
