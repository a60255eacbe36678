import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CollectionSpec, Query } from '../read-model-store.ts'

const namePattern = /^[A-Za-z][A-Za-z0-9_]*$/

const checked = (name: string): string => {
  if (!namePattern.test(name)) throw new Error(`not a name for a collection or member: ${name}`)
  return name
}

const tableOf = (collection: string): string => `"collection_${checked(collection)}"`
const memberOf = (member: string): string => `json_extract(body, '$.${checked(member)}')`

/** `expected` 0 inserts; later versions only replace what they were folded from, or anything between. */
export type CollectionStatements = Readonly<{
  get: StatementSync
  create: StatementSync
  replace: StatementSync
  insert: StatementSync
  remove: StatementSync
}>

export const prepareCollection = (database: DatabaseSync, collection: string): CollectionStatements => {
  const table = tableOf(collection)
  const insert = `INSERT INTO ${table} (id, version, body) VALUES (?, ?, ?) ON CONFLICT (id) DO`
  return {
    get: database.prepare(`SELECT id, version, body FROM ${table} WHERE id = ?`),
    create: database.prepare(
      `${insert} UPDATE SET version = excluded.version, body = excluded.body WHERE version < excluded.version`,
    ),
    replace: database.prepare(
      `UPDATE ${table} SET version = ?2, body = ?3 WHERE id = ?1 AND version >= ?4 AND version < ?2`,
    ),
    insert: database.prepare(`${insert} NOTHING`),
    remove: database.prepare(`DELETE FROM ${table} WHERE id = ? AND version >= ?`),
  }
}

export const createCollection = (database: DatabaseSync, { name, indexes }: CollectionSpec): void => {
  const table = tableOf(name)
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT`,
  )
  for (const members of indexes) {
    const index = `"index_${name}_on_${members.map(checked).join('_and_')}"`
    database.exec(`CREATE INDEX IF NOT EXISTS ${index} ON ${table} (${[...members.map(memberOf), 'id'].join(', ')})`)
  }
}

export const dropCollection = (database: DatabaseSync, collection: string): void =>
  database.exec(`DROP TABLE IF EXISTS ${tableOf(collection)}`)

export const collectionExists = (database: DatabaseSync, collection: string): boolean =>
  database
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`)
    .get(`collection_${checked(collection)}`) !== undefined

/** The text of a query; parameters are the values of `where` in order, `after` where it is given, then the limit. */
export const findText = ({ collection, where, order, after }: Query): string => {
  const beyond = after === null ? [] : [order === 'ascending' ? 'id > ?' : 'id < ?']
  const conditions = [...Object.keys(where).map(member => `${memberOf(member)} = ?`), ...beyond]
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const direction = order === 'ascending' ? 'ASC' : 'DESC'
  return `SELECT id, version, body FROM ${tableOf(collection)} ${filter} ORDER BY id ${direction} LIMIT ?`
}
