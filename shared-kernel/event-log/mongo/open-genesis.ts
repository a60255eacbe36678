import { randomUUID } from 'node:crypto'
import type { Db } from 'mongodb'
import { fullJitterPause } from '../../mongo/full-jitter-pause.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import { type Genesis, genesis, genesisProblem } from '../genesis.ts'
import { partitionHash } from '../partition-of.ts'
import { createIndexes, indexProblem } from './indexes.ts'

const formatVersion = 1
const onlyId = 'genesis'

const documents = (db: Db) => db.collection<{ _id: string }>('genesis')

/** Makes the commits there are, if any, a log of that identity. Rejects where there is a log. */
export const beginLog = async (db: Db, { logId, partitions }: Pick<Genesis, 'logId' | 'partitions'>): Promise<void> => {
  const first = { _id: onlyId, logId, partitions, partitionHash, format: formatVersion }
  await documents(db).insertOne(first)
}

// Last, when all else is there: a process killed before leaves nothing that passes for a log, and the next begins anew.
const begin = async (db: Db, partitions: number): Promise<void> => {
  await createIndexes(db.collection('commits'))
  try {
    await beginLog(db, { logId: randomUUID(), partitions })
  } catch (thrown) {
    // Another process began the same log.
    if (mongoTrouble(thrown) !== 'duplicate') throw thrown
  }
}

/** Whether there are commits, of a log or what is left of one. */
export const hasCommits = async (db: Db): Promise<boolean> =>
  (await db.collection('commits').findOne({}, { projection: { _id: 1 } })) !== null

/** Whether a log has been begun here. */
export const isBegun = async (db: Db): Promise<boolean> => (await documents(db).findOne({ _id: onlyId })) !== null

/** Stands beside the genesis while an import makes the log. */
export const importMark = 'import'

const isImporting = async (db: Db): Promise<boolean> => (await documents(db).findOne({ _id: importMark })) !== null

// What another process has just begun may not be replicated yet.
const readOnceThere = async (db: Db): Promise<unknown> => {
  for (let tries = 0; tries < 10; tries++) {
    const found = await documents(db).findOne({ _id: onlyId })
    if (found !== null) return found
    await fullJitterPause(tries)
  }
  return null
}

const readOrBegin = async (db: Db, partitions: number | undefined): Promise<unknown> => {
  const found = await documents(db).findOne({ _id: onlyId })
  if (found !== null) return found
  if (await isImporting(db))
    return 'an import into it is under way or was cut; wait for it, or import once more with --restart'
  if (await hasCommits(db)) return 'it holds commits and no genesis; restore both from one backup'
  await begin(db, partitions ?? 64)
  return readOnceThere(db)
}

/** Creates the log in a database that holds none, or reads what it is. Answers in words why it cannot be opened. */
export const openGenesis = async (db: Db, partitions: number | undefined): Promise<Genesis | string> => {
  const found = await readOrBegin(db, partitions)
  return typeof found === 'string' ? found : checked(db, found, partitions)
}

/** Reads what the log is. Answers in words why it cannot be opened; one that is not there is not begun. */
export const readGenesis = async (db: Db): Promise<Genesis | string> => {
  const found = await documents(db).findOne({ _id: onlyId })
  return found === null ? 'there is no event log; see MONGO_URL' : checked(db, found, undefined)
}

const checked = async (db: Db, found: unknown, partitions: number | undefined): Promise<Genesis | string> => {
  if (!genesis.is(found)) return 'its genesis is unreadable; restore it from a backup'
  return (
    genesisProblem(found, { format: formatVersion, partitions }) ??
    indexProblem(await db.collection('commits').listIndexes().toArray()) ??
    found
  )
}
