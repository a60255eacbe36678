import { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { embeddedEventLog } from '../embedded-event-log.ts'
import type { EventLog } from '../event-log.ts'
import type { EventLogUnusable } from '../event-log-unusable.ts'
import { readGenesis } from './open-genesis.ts'
import { sqliteCommitStore } from './sqlite-commit-store.ts'
import { sqliteFault } from './sqlite-fault.ts'

type LogReader = Pick<EventLog, 'logId' | 'partitions' | 'readStream' | 'readPartition' | 'tails' | 'close'>

const unusable = (file: string, why: string): EventLogUnusable => ({
  _tag: 'EventLogUnusable',
  kind: 'unfit',
  message: `the event log ${file} was not opened for reading: ${why}`,
})

const readerOn = (db: DatabaseSync, file: string): E.Either<EventLogUnusable, LogReader> => {
  const genesis = readGenesis(db)
  if (genesis === null) return E.left(unusable(file, 'its genesis is unreadable'))
  const write = () => Promise.reject(new Error('this connection only reads'))
  const close = async () => db.close()
  const commits = sqliteCommitStore(db, genesis.logId)
  return E.right(
    embeddedEventLog({ ...genesis, clock: () => new Date() }, { commits, write, faultOf: sqliteFault, close }),
  )
}

/** Opens the file of an existing log for reading, beside the process that writes it. */
export const openSqliteLogReader =
  (file: string): TaskEither<EventLogUnusable, LogReader> =>
  async () => {
    let db: DatabaseSync | null = null
    try {
      db = new DatabaseSync(file, { readOnly: true, timeout: 1000 })
      const reader = readerOn(db, file)
      if (E.isLeft(reader)) db.close()
      return reader
    } catch (thrown) {
      db?.close()
      const fault = sqliteFault(thrown)
      if (fault === null) throw thrown
      return E.left(unusable(file, fault.message))
    }
  }
