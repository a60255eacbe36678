/** Version of the layout below, as the genesis records it. */
export const formatVersion = 1

const commits = `CREATE TABLE commits (
  _id TEXT NOT NULL,
  p INTEGER NOT NULL,
  n INTEGER NOT NULL,
  s TEXT NOT NULL,
  v INTEGER NOT NULL,
  k INTEGER NOT NULL,
  events TEXT NOT NULL,
  meta TEXT NOT NULL,
  recordedAt TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT`

const genesis = `CREATE TABLE genesis (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  logId TEXT NOT NULL,
  partitions INTEGER NOT NULL,
  partitionHash TEXT NOT NULL,
  format INTEGER NOT NULL
) STRICT`

const rewritesRefused = (event: 'UPDATE' | 'DELETE', table: 'commits' | 'genesis') =>
  `CREATE TRIGGER ${table}_refuse_${event.toLowerCase()} BEFORE ${event} ON ${table}
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END`

/**
 * Everything in a log's file, by name. A rowid table, since its rows are large and arrive in order. A stream's name
 * decides its partition, so the stream indexes leave `p` out: ids that begin with their time then fill one page after
 * the other, where `p` in front would touch one page per partition, twice the bytes to flush.
 */
export const schema: Readonly<Record<string, string>> = {
  commits,
  commits_by_position: 'CREATE UNIQUE INDEX commits_by_position ON commits (p, n)',
  commits_by_stream: 'CREATE INDEX commits_by_stream ON commits (s, v)',
  commits_by_id: 'CREATE UNIQUE INDEX commits_by_id ON commits (s, _id)',
  commits_refuse_update: rewritesRefused('UPDATE', 'commits'),
  commits_refuse_delete: rewritesRefused('DELETE', 'commits'),
  genesis,
  genesis_refuse_update: rewritesRefused('UPDATE', 'genesis'),
  genesis_refuse_delete: rewritesRefused('DELETE', 'genesis'),
}
