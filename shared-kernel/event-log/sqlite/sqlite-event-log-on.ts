import type { DatabaseSync } from 'node:sqlite'
import { embeddedEventLog } from '../embedded-event-log.ts'
import type { EventLog } from '../event-log.ts'
import type { Genesis } from '../genesis.ts'
import { createGroupCommit, type TransactionSteps } from './group-commit.ts'
import { type SchemaLedger, schemaLedgerOn } from './schema-ledger.ts'
import { sqliteCommitStore } from './sqlite-commit-store.ts'
import { sqliteFault } from './sqlite-fault.ts'

const maxMilliseconds = 8

const transactionSteps = (db: DatabaseSync, ledger: SchemaLedger): TransactionSteps => {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  return {
    begin: () => void begin.run(),
    commit: () => {
      commit.run()
      ledger.settle()
    },
    // A full disk or an I/O error may have rolled back by itself already.
    rollback: () => {
      ledger.forget()
      if (db.isTransaction) db.exec('ROLLBACK')
    },
  }
}

/** The log over an open database whose schema and genesis have been asserted. Closing the log closes the database. */
export const sqliteEventLogOn = (db: DatabaseSync, { logId, partitions }: Genesis, clock: () => Date): EventLog => {
  const ledger = schemaLedgerOn(db)
  const commits = sqliteCommitStore(db, logId)
  const group = createGroupCommit(transactionSteps(db, ledger), {
    isStoreFailure: thrown => sqliteFault(thrown) !== null,
    maxMilliseconds,
  })
  return embeddedEventLog(
    { logId, partitions, clock },
    {
      commits: {
        ...commits,
        insert: (commit, events) => {
          ledger.enter(events)
          commits.insert(commit)
        },
      },
      write: group.submit,
      faultOf: sqliteFault,
      close: async () => {
        group.drain()
        if (db.isOpen) db.close()
      },
    },
  )
}
