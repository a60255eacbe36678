import { DatabaseSync } from 'node:sqlite'
import type { StoredCommit } from '../commit.ts'
import { schema } from './schema.ts'
import { sqliteCommitStore } from './sqlite-commit-store.ts'

const guards = Object.entries(schema).filter(([, definition]) => definition.startsWith('CREATE TRIGGER'))

// In one transaction: whoever reads beside never meets the log without what guards it.
const unguarded = (file: string, change: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(file, { timeout: 5000 })
  try {
    db.exec('BEGIN IMMEDIATE')
    for (const [name] of guards) db.exec(`DROP TRIGGER ${name}`)
    change(db)
    for (const [, definition] of guards) db.exec(definition)
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}

/** Changes what is stored behind the log's back. */
export const tamperWithFile = (file: string, sql: string): void => unguarded(file, db => db.exec(sql))

/** Puts exactly these commits where the log's were. */
export const storeInFile = (file: string, commits: ReadonlyArray<StoredCommit>): void =>
  unguarded(file, db => {
    db.exec('DELETE FROM commits')
    const { insert } = sqliteCommitStore(db, '')
    for (const commit of commits) insert(commit)
  })
