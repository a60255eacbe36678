import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { Tail } from '../build-commit.ts'
import { genesisHash } from '../chain.ts'
import type { StoredCommit } from '../commit.ts'
import type { CommitStore } from '../commit-store.ts'

const columns = ['_id', 'p', 'n', 's', 'v', 'k', 'events', 'meta', 'recordedAt', 'prev', 'hash'] as const
const all = columns.join(', ')

// The row is what STRICT and NOT NULL let in, and the schema was compared at open: no codec needs to look again.
const toCommit = (row: Record<string, SQLOutputValue>): StoredCommit => ({ ...row }) as unknown as StoredCommit

type SqliteCommits = Omit<CommitStore, 'insert'> & Readonly<{ insert: (commit: StoredCommit) => void }>

/** Commits in the file behind `db`. Nothing is cached: what it answers holds after a rollback and beside other processes. */
export const sqliteCommitStore = (db: DatabaseSync, logId: string): SqliteCommits => {
  const prepare = (sql: string): StatementSync => db.prepare(sql)
  const tailOf = prepare('SELECT n, hash, recordedAt FROM commits WHERE p = ? ORDER BY n DESC LIMIT 1')
  const tipOf = prepare('SELECT v + k - 1 AS version FROM commits WHERE s = ? ORDER BY v DESC LIMIT 1')
  const byId = prepare('SELECT n FROM commits WHERE s = ? AND _id = ?')
  const byStream = prepare(
    `SELECT ${all} FROM commits WHERE s = :s AND v >= coalesce(
       (SELECT v FROM commits WHERE s = :s AND v <= :from ORDER BY v DESC LIMIT 1), 0) ORDER BY v`,
  )
  // A bare `?` as limit is looked at by SQLite's planner, which then plans anew whenever it is bound.
  const byPosition = prepare(`SELECT ${all} FROM commits WHERE p = ? AND n > ? ORDER BY n LIMIT +?`)
  const insertion = prepare(`INSERT INTO commits (${all}) VALUES (${columns.map(() => '?').join(', ')})`)
  return {
    tail: p => (tailOf.get(p) as Tail | undefined) ?? { n: 0, hash: genesisHash(logId, p), recordedAt: '' },
    streamVersion: s => (tipOf.get(s) as { version: number } | undefined)?.version ?? 0,
    positionOf: (s, commitId) => (byId.get(s, commitId) as { n: number } | undefined)?.n ?? null,
    streamFrom: (s, from) => byStream.all({ s, from }).map(toCommit),
    partitionAfter: (p, after, limit) => byPosition.all(p, after, limit).map(toCommit),
    insert: commit => {
      insertion.run(...columns.map(column => commit[column]))
    },
  }
}
