import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventLog, EventLogFault } from '../event-log.ts'
import type { EventLogUnusable } from '../event-log-unusable.ts'
import type { Genesis } from '../genesis.ts'
import { unreadableProblem } from '../readable-schemas.ts'
import { layOutJournal } from './lay-out-journal.ts'
import { isWriteAhead, openDatabase } from './open-database.ts'
import { openGenesis } from './open-genesis.ts'
import { writtenSchemas } from './schema-ledger.ts'
import { sqliteEventLogOn } from './sqlite-event-log-on.ts'
import { sqliteFault } from './sqlite-fault.ts'

export type SqliteOptions = Readonly<{
  /** Path of the log's file; its WAL and shared-memory files lie beside it. */
  file: string
  /** Of a new log; an existing one must have exactly as many. Default: 64, or what the log has. */
  partitions?: number
  clock?: () => Date
  /** No other process writes to the file while this log is open, so that room for its WAL may be taken at once. */
  isSoleWriter?: boolean
}>

const unusable = (file: string, why: string): EventLogUnusable => ({
  _tag: 'EventLogUnusable',
  kind: 'unfit',
  message: `the event log ${file} was not opened: ${why}`,
})

const noWriteAhead = 'its file system has no shared memory for a write-ahead log; keep the file on a local disk'

const checkedGenesis = (db: DatabaseSync, partitions: number | undefined): Genesis | string => {
  if (!isWriteAhead(db)) return noWriteAhead
  const genesis = openGenesis(db, partitions)
  return typeof genesis === 'string' ? genesis : (unreadableProblem(writtenSchemas(db)) ?? genesis)
}

const openOn = (db: DatabaseSync, options: SqliteOptions) => {
  const { file, partitions, clock = () => new Date(), isSoleWriter = false } = options
  const genesis = checkedGenesis(db, partitions)
  if (typeof genesis === 'string') {
    db.close()
    return E.left(unusable(file, genesis))
  }
  if (isSoleWriter) layOutJournal(file)
  return E.right(sqliteEventLogOn(db, genesis, clock))
}

const remedies: Readonly<Record<EventLogFault['kind'], string>> = {
  full: 'make room on its disk',
  unreachable: 'see that its folder is there and can be written to',
  contended: 'stop the other process that holds it',
  too_large: 'name another file',
  corrupt: 'restore it from a backup, or name another file',
}

const whyNotOpened = (thrown: unknown): string => {
  const fault = sqliteFault(thrown)
  if (fault === null) throw thrown
  return `${fault.message}; ${remedies[fault.kind]}`
}

/**
 * Opens the log in a file, or begins one in a new file. Nothing is scanned: the cost does not grow with the log. One
 * process writes; others may read the file meanwhile.
 */
export const openSqliteEventLog =
  (options: SqliteOptions): TaskEither<EventLogUnusable, EventLog> =>
  async () => {
    let db: DatabaseSync | null = null
    try {
      db = openDatabase(options.file)
      return openOn(db, options)
    } catch (thrown) {
      db?.close()
      return E.left(unusable(options.file, whyNotOpened(thrown)))
    }
  }
