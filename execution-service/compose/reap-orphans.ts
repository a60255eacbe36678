import { createLeftoverReaper, reapContainers, removeOwnContainers } from '@runledger/sandbox/docker/reap-containers.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { DockerConnection } from './connect-docker.ts'

type Connection = Pick<DockerConnection, 'docker' | 'owner'>

type Options = Readonly<{
  /** No other process of this log uses this daemon: whatever its log left there is an orphan. */
  isAlone: boolean
  logger: Logger
}>

/** Removes what dead processes of this log left on this daemon. Never rejects. */
export const reapOrphans = ({ docker, owner }: Connection, { isAlone, logger }: Options): (() => Promise<void>) => {
  const { logId, workerId, incarnation: keepIncarnation } = owner
  const reapLeftovers = createLeftoverReaper(docker, { logId, keepIncarnation })
  // A worker has one life at a time: containers of its earlier ones need not be looked at twice.
  const reapEarlierLives = () => reapContainers(docker, { logId, keepIncarnation, workerId: isAlone ? null : workerId })
  const ways = isAlone ? [reapEarlierLives] : [reapEarlierLives, reapLeftovers]

  return async () => {
    for (const reap of ways) {
      const reaped = await reap()
      if (isLeft(reaped)) logger.warn({ cause: reaped.left.message }, 'orphan containers were not looked for')
      else if (reaped.right > 0) logger.info({ count: reaped.right }, 'orphan containers were removed')
    }
  }
}

const looksAtMost = 3

/**
 * Removes what is left of this process's own containers when it ends, until a look finds none: a self-test that was broken
 * off may have been starting another. Never rejects.
 */
export const removeLeftovers =
  ({ docker, owner }: Connection, logger: Logger): (() => Promise<void>) =>
  async () => {
    for (let look = 0; look < looksAtMost; look++) {
      const removed = await removeOwnContainers(docker, owner)
      if (isLeft(removed)) return logger.warn({ cause: removed.left.message }, 'containers may be left behind')
      if (removed.right === 0) return
      logger.info({ count: removed.right }, 'containers of self-tests that were broken off were removed')
    }
  }
