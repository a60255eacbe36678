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
  const listed = await callDocker('list containers', listTimeoutMs, abortSignal =>
    docker.listContainers({ all: true, filters: { label: labelsOf(reaping) }, abortSignal }),
  )
  if (E.isLeft(listed)) return listed
  const orphans = listed.right.filter(({ Labels }) => Labels[ownerLabels.incarnation] !== reaping.keepIncarnation)
  const removals = await Promise.all(orphans.map(({ Id }) => remove(docker, Id)))
  return E.right(removals.filter(E.isRight).length)
}

const labelsOf = ({ logId, workerId }: Reaping): string[] => [
  `${ownerLabels.log}=${logId}`,
  ...(workerId === null ? [] : [`${ownerLabels.worker}=${workerId}`]),
]

const remove = (docker: Dockerode, id: string) =>
  callDocker('remove an orphan container', removeTimeoutMs, abortSignal =>
    docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
  )
