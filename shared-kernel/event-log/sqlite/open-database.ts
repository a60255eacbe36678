import { DatabaseSync } from 'node:sqlite'

// An append is answered when its flush is done (FULL); readers beside never wait for the writer (WAL). 32 MiB between
// checkpoints: the same pages are written again and again, and go to the main file once. Pages read again are at hand in
// the system's cache: what SQLite keeps beside it is the same once more.
const pragmas = [
  'PRAGMA synchronous = FULL',
  'PRAGMA wal_autocheckpoint = 8000',
  'PRAGMA cache_size = -2048',
  'PRAGMA journal_size_limit = 67108864',
]

/** Opens or creates the file. Throws what the driver throws. */
export const openDatabase = (file: string): DatabaseSync => {
  const db = new DatabaseSync(file, { timeout: 1000, enableForeignKeyConstraints: false })
  db.exec('PRAGMA journal_mode = WAL')
  for (const pragma of pragmas) db.exec(pragma)
  return db
}

/** SQLite keeps another journal, without an error, where the file system cannot serve this one. */
export const isWriteAhead = (db: DatabaseSync): boolean =>
  db.prepare('PRAGMA journal_mode').get()?.['journal_mode'] === 'wal'
