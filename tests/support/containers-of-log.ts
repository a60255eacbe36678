import { ownerLabels } from '@runledger/sandbox/docker/container-options.ts'
import Dockerode from 'dockerode'

/** Ids of the containers, running or not, that belong to that log. */
export const containersOfLog = async (logId: string): Promise<ReadonlyArray<string>> => {
  const label = [`${ownerLabels.log}=${logId}`]
  const containers = await new Dockerode().listContainers({ all: true, filters: { label } })
  return containers.map(({ Id }) => Id)
}
