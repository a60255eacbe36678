import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { askWhileOpen } from '../ask-while-open.ts'
import { embeddedEventLog } from '../embedded-event-log.ts'
import type { EventLog } from '../event-log.ts'
import type { EventLogUnusable } from '../event-log-unusable.ts'
import type { Genesis } from '../genesis.ts'
import type { StoredOrder } from '../stored-order.ts'
import { openExistingLog } from './open-existing-log.ts'
import { readAsStored } from './read-as-stored.ts'
import { sqliteCommitStore } from './sqlite-commit-store.ts'
import { sqliteFault } from './sqlite-fault.ts'

export type LogReader = Pick<EventLog, 'logId' | 'partitions' | 'readStream' | 'readPartition' | 'tails' | 'close'> &
  StoredOrder

const readerOn = (db: DatabaseSync, genesis: Genesis): LogReader => {
  const write = () => Promise.reject(new Error('this connection only reads'))
  const close = async () => {
    if (db.isOpen) db.close()
  }
  const commits = sqliteCommitStore(db, genesis.logId)
  const log = embeddedEventLog({ ...genesis, clock: () => new Date() }, { commits, write, faultOf: sqliteFault, close })
  const { ask, shut } = askWhileOpen(sqliteFault)
  const scan = readAsStored(db, genesis.partitions)
  return {
    ...log,
    asStored: (after, options) => {
      let next: ReturnType<typeof scan> | null = null
      return bounds => () =>
        ask(async () => {
          next ??= scan(after, options)
          return E.right(next(bounds))
        })
    },
    close: () => {
      shut()
      return log.close()
    },
  }
}

/** Opens the file of an existing log for reading, beside the process that writes it. */
export const openSqliteLogReader = (file: string): TaskEither<EventLogUnusable, LogReader> =>
  openExistingLog({ file, readOnly: true, timeoutMs: 1000 }, readerOn)
