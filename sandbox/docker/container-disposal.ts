import { setTimeout as delay } from 'node:timers/promises'
import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { callDocker } from './call-docker.ts'
import type { DockerFault } from './docker-fault.ts'
import type { SandboxLog } from './sandbox-log.ts'

export type ContainerDisposal = Readonly<{
  /** Removes a container in the background, again and again until it is gone. */
  discard: (name: string) => void
  /** Containers not gone yet. */
  pending: () => number
  /** Those among them that have resisted several removals. */
  quarantined: () => number
  /** Resolves once nothing is pending. */
  settled: () => Promise<void>
  /** No further tries. */
  close: () => void
}>

const removeTimeoutMs = 10_000
const triesBeforeQuarantine = 4
const firstPauseMs = 200
const longestPauseMs = 15_000

export const createContainerDisposal = (docker: Dockerode, log: SandboxLog, onGone: () => void): ContainerDisposal => {
  const tries = new Map<string, number>()
  const closing = new AbortController()
  const works = new Map<string, Promise<void>>()

  const note = (name: string, fault: DockerFault) => {
    const failed = (tries.get(name) ?? 0) + 1
    tries.set(name, failed)
    if (failed === triesBeforeQuarantine)
      log.error({ container: name, cause: fault.message }, 'a container will not die')
    return Math.min(longestPauseMs, firstPauseMs * 2 ** failed)
  }

  const remove = async (name: string) => {
    while (!closing.signal.aborted) {
      const removed = await removeOnce(docker, name)
      if (E.isRight(removed)) return
      await pause(note(name, removed.left), closing.signal)
    }
  }

  return {
    discard: name => {
      if (works.has(name)) return
      tries.set(name, 0)
      const work = remove(name).then(() => {
        tries.delete(name)
        works.delete(name)
        onGone()
      })
      works.set(name, work)
    },
    pending: () => tries.size,
    quarantined: () => [...tries.values()].filter(failed => failed >= triesBeforeQuarantine).length,
    settled: async () => {
      await Promise.all(works.values())
    },
    close: () => closing.abort(),
  }
}

// Rejects only where closing cuts the pause short.
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal, ref: false }).catch(() => undefined)

/** Whoever is gone already is as good as removed. */
const removeOnce = async (docker: Dockerode, name: string): Promise<E.Either<DockerFault, void>> => {
  const removed = await callDocker('remove a container', removeTimeoutMs, abortSignal =>
    docker.getContainer(name).remove({ force: true, v: true, abortSignal }),
  )
  return E.isLeft(removed) && removed.left.kind !== 'missing' ? removed : E.right(undefined)
}
