import type { DatabaseSync } from 'node:sqlite'
import type { TransactionSteps } from './group-commit.ts'

export const transactionSteps = (db: DatabaseSync): TransactionSteps => {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    // A full disk or an I/O error may have rolled back by itself already.
    rollback: () => {
      if (db.isTransaction) db.exec('ROLLBACK')
    },
  }
}
