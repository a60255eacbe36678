import type { DatabaseSync } from 'node:sqlite'
import { embeddedEventLog } from '../embedded-event-log.ts'
import type { EventLog } from '../event-log.ts'
import type { Genesis } from '../genesis.ts'
import { createGroupCommit, type TransactionSteps } from './group-commit.ts'
import { type SchemaLedger, schemaLedgerOn } from './schema-ledger.ts'
import { sqliteCommitStore } from './sqlite-commit-store.ts'
import { sqliteFault } from './sqlite-fault.ts'
import { transactionSteps } from './transaction-steps.ts'

const maxMilliseconds = 8
// Less than a busy server takes from one program's end to the next.
const gatherMilliseconds = 4

// What is in the ledger is there once it was committed, and not before.
const stepsWith = (steps: TransactionSteps, ledger: SchemaLedger): TransactionSteps => ({
  ...steps,
  commit: () => {
    steps.commit()
    ledger.settle()
  },
  rollback: () => {
    ledger.forget()
    steps.rollback()
  },
})

/** The log over an open database whose schema and genesis have been asserted. Closing the log closes the database. */
export const sqliteEventLogOn = (db: DatabaseSync, { logId, partitions }: Genesis, clock: () => Date): EventLog => {
  const ledger = schemaLedgerOn(db)
  const commits = sqliteCommitStore(db, logId)
  const group = createGroupCommit(stepsWith(transactionSteps(db), ledger), {
    isStoreFailure: thrown => sqliteFault(thrown) !== null,
    maxMilliseconds,
    gatherMilliseconds,
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
