import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { containersOfLog } from './containers-of-log.ts'

/** The id of the log in that data folder. */
export const logIdOf = (dataDir: string): string => {
  const database = new DatabaseSync(join(dataDir, 'runledger.sqlite'), { readOnly: true })
  try {
    return String(database.prepare('SELECT logId FROM genesis').get()?.['logId'])
  } finally {
    database.close()
  }
}

/** Ids of the containers, running or not, that belong to the log in that data folder. */
export const containersOf = (dataDir: string): Promise<ReadonlyArray<string>> => containersOfLog(logIdOf(dataDir))
