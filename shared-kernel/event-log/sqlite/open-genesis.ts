import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { type Genesis, genesis, genesisProblem } from '../genesis.ts'
import { partitionHash } from '../partition-of.ts'
import { formatVersion, schema } from './schema.ts'

const definitions = (db: DatabaseSync): ReadonlyMap<string, string> =>
  new Map(
    db
      .prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL')
      .all()
      .map(({ name, sql }) => [String(name), String(sql)]),
  )

/** Makes an empty log of that identity in an empty file. */
export const beginLog = (db: DatabaseSync, { logId, partitions }: Pick<Genesis, 'logId' | 'partitions'>): void => {
  for (const definition of Object.values(schema)) db.exec(definition)
  db.prepare('INSERT INTO genesis VALUES (1, ?, ?, ?, ?)').run(logId, partitions, partitionHash, formatVersion)
}

const isEmpty = (db: DatabaseSync): boolean => definitions(db).size === 0

// In one transaction, or a process killed meanwhile would leave half a log that nobody opens again.
const createOnce = (db: DatabaseSync, partitions: number): void => {
  db.exec('BEGIN IMMEDIATE')
  try {
    if (isEmpty(db)) beginLog(db, { logId: randomUUID(), partitions })
    db.exec('COMMIT')
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
  }
}

const sameWords = (one: string, other: string): boolean => one.replace(/\s+/g, ' ') === other.replace(/\s+/g, ' ')

const schemaProblem = (found: ReadonlyMap<string, string>): string | null => {
  for (const [name, definition] of Object.entries(schema)) {
    const present = found.get(name)
    if (present === undefined) return `${name} is missing; stop every writer, then restore it with: ${definition}`
    if (!sameWords(present, definition)) return `${name} is not what this version made; restore the file from a backup`
  }
  return null
}

const readGenesis = (db: DatabaseSync): Genesis | null => {
  const row = db.prepare('SELECT logId, partitions, partitionHash, format FROM genesis').get()
  return genesis.is(row) ? row : null
}

/** Creates the log in an empty file, or reads what it is. Answers in words why a file cannot be opened as this log. */
export const openGenesis = (db: DatabaseSync, partitions: number | undefined): Genesis | string => {
  if (isEmpty(db)) createOnce(db, partitions ?? 64)
  const found = definitions(db)
  if (!found.has('genesis')) return 'the file holds no event log; name another file'
  const fixed = readGenesis(db)
  if (fixed === null) return 'its genesis is unreadable; restore the file from a backup'
  return genesisProblem(fixed, { format: formatVersion, partitions }) ?? schemaProblem(found) ?? fixed
}
