import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { callDocker } from './call-docker.ts'
import { ownerLabels } from './container-options.ts'
import type { DockerFault } from './docker-fault.ts'

export type Reaping = Readonly<{
  logId: string
  /** Containers of this incarnation stay. */
  keepIncarnation: string
  /** Only this worker's; null for those of every worker of the log, where no other can be alive. */
  workerId: string | null
}>

const listTimeoutMs = 10_000
const removeTimeoutMs = 10_000

/** Removes the containers a dead process left behind. Resolves to how many were removed; what resists is left for the next time. */
export const reapContainers = async (docker: Dockerode, reaping: Reaping): Promise<E.Either<DockerFault, number>> => {
  const listed = await listForeign(docker, reaping)
  return E.isLeft(listed) ? listed : E.right(await removeAll(docker, listed.right))
}

/**
 * For a daemon that several workers of one log share. A container whose host side is gone ends by itself: what was seen
 * at rest twice in a row has been left behind by whomever it belonged to, while the living remove theirs at once.
 */
export const createLeftoverReaper = (
  docker: Dockerode,
  reaping: Omit<Reaping, 'workerId'>,
): (() => Promise<E.Either<DockerFault, number>>) => {
  let atRest: ReadonlySet<string> = new Set()
  return async () => {
    const listed = await listForeign(docker, { ...reaping, workerId: null })
    if (E.isLeft(listed)) return listed
    const resting = listed.right.filter(({ State }) => State !== 'running')
    const leftovers = resting.filter(({ Id }) => atRest.has(Id))
    atRest = new Set(resting.map(({ Id }) => Id))
    return E.right(await removeAll(docker, leftovers))
  }
}

/** Removes what is left of a process's own containers when it ends: those of self-tests it broke off among them. */
export const removeOwnContainers = async (
  docker: Dockerode,
  { logId, incarnation }: Readonly<{ logId: string; incarnation: string }>,
): Promise<E.Either<DockerFault, number>> => {
  const label = [`${ownerLabels.log}=${logId}`, `${ownerLabels.incarnation}=${incarnation}`]
  const listed = await listLabelled(docker, label)
  return E.isLeft(listed) ? listed : E.right(await removeAll(docker, listed.right))
}

const listLabelled = (docker: Dockerode, label: string[]) =>
  callDocker('list containers', listTimeoutMs, abortSignal =>
    docker.listContainers({ all: true, filters: { label }, abortSignal }),
  )

const listForeign = async (docker: Dockerode, reaping: Reaping) => {
  const listed = await listLabelled(docker, labelsOf(reaping))
  return E.map((containers: ReadonlyArray<Dockerode.ContainerInfo>) =>
    containers.filter(({ Labels }) => Labels[ownerLabels.incarnation] !== reaping.keepIncarnation),
  )(listed)
}

const labelsOf = ({ logId, workerId }: Reaping): string[] => [
  `${ownerLabels.log}=${logId}`,
  ...(workerId === null ? [] : [`${ownerLabels.worker}=${workerId}`]),
]

const removeAll = async (docker: Dockerode, containers: ReadonlyArray<Dockerode.ContainerInfo>): Promise<number> => {
  const removals = await Promise.all(containers.map(({ Id }) => remove(docker, Id)))
  return removals.filter(E.isRight).length
}

const remove = (docker: Dockerode, id: string) =>
  callDocker('remove an orphan container', removeTimeoutMs, abortSignal =>
    docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
  )
