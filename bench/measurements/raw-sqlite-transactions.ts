import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE commits (
    _id TEXT NOT NULL, p INTEGER NOT NULL, n INTEGER NOT NULL, s TEXT NOT NULL, v INTEGER NOT NULL, k INTEGER NOT NULL,
    events TEXT NOT NULL, meta TEXT NOT NULL, recordedAt TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX commits_position ON commits (p, n);
  CREATE INDEX commits_stream ON commits (p, s, v);
`

/** Rows a second where each row is a transaction of its own: the same columns, indexes and durability as the log's. */
export const rawTransactionsPerSecond = (file: string, rows: number, eventText: string): number => {
  const database = new DatabaseSync(file)
  database.exec(schema)
  const insert = database.prepare('INSERT INTO commits VALUES (?, ?, ?, ?, 1, 1, ?, ?, ?, ?, ?)')
  const hash = 'f'.repeat(64)
  const began = performance.now()
  for (let n = 1; n <= rows; n++) {
    insert.run(
      randomUUID(),
      n % 64,
      n,
      `submission-${randomUUID()}`,
      eventText,
      '{}',
      '2026-01-01T00:00:00.000Z',
      hash,
      hash,
    )
  }
  const perSecond = (rows * 1000) / (performance.now() - began)
  database.close()
  return perSecond
}
