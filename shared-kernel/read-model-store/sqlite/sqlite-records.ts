import type { DatabaseSync } from 'node:sqlite'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { JsonObject, ReadModelStoreFault } from '../read-model-store.ts'
import type { RecordStore, StoredRecord } from '../record-store.ts'

type Attempt = <A>(work: () => A) => TaskEither<ReadModelStoreFault, A>

const recordRow = t.strict({ revision: t.number, body: t.string })

const recordOf = (row: unknown): StoredRecord | null => {
  if (row === undefined) return null
  if (!recordRow.is(row)) throw new Error('a row of the records has another shape')
  return { revision: row.revision, body: JSON.parse(row.body) as JsonObject }
}

const schema = `
  CREATE TABLE IF NOT EXISTS records
    (name TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;`

export const createSqliteRecords = (database: DatabaseSync, attempt: Attempt): RecordStore => {
  database.exec(schema)
  const read = database.prepare('SELECT revision, body FROM records WHERE name = ?')
  const first = database.prepare('INSERT INTO records (name, revision, body) VALUES (?, 1, ?) ON CONFLICT DO NOTHING')
  const change = database.prepare(
    'UPDATE records SET revision = revision + 1, body = ?2 WHERE name = ?1 AND revision = ?3',
  )

  const write = (name: string, { revision, body }: StoredRecord): boolean => {
    const text = JSON.stringify(body)
    const { changes } = revision === 0 ? first.run(name, text) : change.run(name, text, revision)
    return changes === 1
  }

  return {
    read: name => attempt(() => recordOf(read.get(name))),
    write: (name, record) => attempt(() => write(name, record)),
  }
}
