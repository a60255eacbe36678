import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ownerLabels } from '@runledger/sandbox/docker/container-options.ts'
import Dockerode from 'dockerode'

const logIdOf = (dataDir: string): string => {
  const database = new DatabaseSync(join(dataDir, 'runledger.sqlite'), { readOnly: true })
  try {
    return String(database.prepare('SELECT logId FROM genesis').get()?.['logId'])
  } finally {
    database.close()
  }
}

/** Ids of the containers, running or not, that belong to the log in that data folder. */
export const containersOf = async (dataDir: string): Promise<ReadonlyArray<string>> => {
  const label = [`${ownerLabels.log}=${logIdOf(dataDir)}`]
  const containers = await new Dockerode().listContainers({ all: true, filters: { label } })
  return containers.map(({ Id }) => Id)
}
