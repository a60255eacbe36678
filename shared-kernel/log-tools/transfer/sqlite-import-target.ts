import { existsSync, linkSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoredCommit } from '../../event-log/commit.ts'
import { schemasIn } from '../../event-log/schemas-in.ts'
import { openDatabase } from '../../event-log/sqlite/open-database.ts'
import { beginLog } from '../../event-log/sqlite/open-genesis.ts'
import { schemaLedgerOn } from '../../event-log/sqlite/schema-ledger.ts'
import { sqliteCommitStore } from '../../event-log/sqlite/sqlite-commit-store.ts'
import { sqliteFault } from '../../event-log/sqlite/sqlite-fault.ts'
import type { ImportTarget, OpenImportTarget } from './import-target.ts'

const isOfTheSystem = (thrown: unknown): thrown is Error => thrown instanceof Error && 'syscall' in thrown

const asked =
  <A>(question: () => A): TaskEither<string, A> =>
  async () => {
    try {
      return E.right(question())
    } catch (thrown) {
      const fault = sqliteFault(thrown)
      if (fault !== null) return E.left(fault.message)
      if (isOfTheSystem(thrown)) return E.left(thrown.message)
      throw thrown
    }
  }

const remove = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
}

const inTransaction = (db: DatabaseSync, work: () => void): void => {
  db.exec('BEGIN IMMEDIATE')
  try {
    work()
    db.exec('COMMIT')
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
  }
}

const targetOn = (db: DatabaseSync, logId: string, draft: string, file: string): ImportTarget => {
  const { insert } = sqliteCommitStore(db, logId)
  const ledger = schemaLedgerOn(db)
  const write = (commits: ReadonlyArray<StoredCommit>): void => {
    ledger.enter(commits.flatMap(schemasIn))
    for (const commit of commits) insert(commit)
    ledger.settle()
  }
  return {
    write: commits => asked(() => inTransaction(db, () => write(commits))),
    finish: () =>
      asked(() => {
        db.close()
        // Unlike a rename it puts nothing in the place of a log that has come to be meanwhile.
        linkSync(draft, file)
        remove(draft)
      }),
    discard: async () => {
      if (db.isOpen) db.close()
      remove(draft)
    },
  }
}

/** A log's file to be: written under another name beside it. The data folder must be held by the caller. */
export const sqliteImportTarget =
  (file: string): OpenImportTarget =>
  identity =>
  async () => {
    if (existsSync(file)) return E.left(`${file} is there already: a log is imported where there is none`)
    const draft = `${file}.importing`
    return asked(() => {
      remove(draft)
      const db = openDatabase(draft)
      beginLog(db, identity)
      return targetOn(db, identity.logId, draft, file)
    })()
  }
