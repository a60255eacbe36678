import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { callDocker } from './call-docker.ts'
import { type DockerFault, doubtsDaemon } from './docker-fault.ts'

export type DaemonWatch = Readonly<{
  /** Why the daemon cannot be used now, or null. */
  problem: () => string | null
  /** Tells of a call that failed; where that puts the daemon in doubt, it is asked until it answers again. */
  failed: (fault: DockerFault) => void
  /** Asks now. */
  ask: () => Promise<string | null>
  close: () => void
}>

const pingTimeoutMs = 2_000
const firstPauseMs = 100
const longestPauseMs = 2_000

// The library's types know of no options here; without the signal a daemon that hangs would keep every connection.
const ping = (docker: Dockerode, abortSignal: AbortSignal): Promise<unknown> =>
  Reflect.apply(docker.ping, docker, [{ abortSignal }])

export const createDaemonWatch = (docker: Dockerode, onRecovered: () => void): DaemonWatch => {
  let problem: string | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const ask = async (): Promise<string | null> => {
    const answer = await callDocker('ping Docker', pingTimeoutMs, abortSignal => ping(docker, abortSignal))
    const recovered = problem !== null && E.isRight(answer)
    problem = E.isLeft(answer) ? answer.left.message : null
    if (recovered) onRecovered()
    if (problem !== null) askAgain(firstPauseMs)
    return problem
  }

  const askAgain = (pauseMs: number) => {
    if (timer !== null || closed) return
    timer = setTimeout(() => {
      timer = null
      void ask().then(still => still !== null && slowDown(pauseMs))
    }, pauseMs)
    timer.unref()
  }

  const slowDown = (pauseMs: number) => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    askAgain(Math.min(longestPauseMs, pauseMs * 2))
  }

  return {
    problem: () => problem,
    failed: fault => {
      if (!doubtsDaemon(fault)) return
      problem ??= fault.message
      askAgain(firstPauseMs)
    },
    ask,
    close: () => {
      closed = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
