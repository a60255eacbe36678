import type { DatabaseSync } from 'node:sqlite'
import { schemaName, type Versioned } from '../versioned.ts'

// Not among what `schema` asserts: a log that an earlier version began has none until a later one opens it, and holds
// events of no other schema than the first until then.
const definition = 'CREATE TABLE IF NOT EXISTS schemas (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID'

const isThere = (db: DatabaseSync): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schemas'").get() !== undefined

/** Which schemas the events of the log have been written with, by name. */
export const writtenSchemas = (db: DatabaseSync): ReadonlyArray<string> =>
  isThere(db)
    ? db
        .prepare('SELECT name FROM schemas')
        .all()
        .map(({ name }) => String(name))
    : []

export type SchemaLedger = Readonly<{
  /** Within the transaction that writes the events: a version that cannot read one will know before it starts. */
  enter: (events: ReadonlyArray<Versioned>) => void
  /** The transaction was committed. */
  settle: () => void
  /** It was rolled back, with what was entered. */
  forget: () => void
}>

/** The ledger of a file, made where there is none. */
export const schemaLedgerOn = (db: DatabaseSync): SchemaLedger => {
  db.exec(definition)
  const insertion = db.prepare('INSERT OR IGNORE INTO schemas VALUES (?)')
  const settled = new Set(writtenSchemas(db))
  const entered = new Set<string>()
  return {
    enter: events => {
      for (const name of events.map(schemaName)) {
        if (settled.has(name) || entered.has(name)) continue
        insertion.run(name)
        entered.add(name)
      }
    },
    settle: () => {
      for (const name of entered) settled.add(name)
      entered.clear()
    },
    forget: () => entered.clear(),
  }
}
