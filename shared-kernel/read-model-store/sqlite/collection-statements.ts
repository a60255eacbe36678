import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { idRange } from '../id-range.ts'
import type { CollectionSpec, Query } from '../read-model-store.ts'

const namePattern = /^[A-Za-z][A-Za-z0-9_]*$/

const checked = (name: string): string => {
  if (!namePattern.test(name)) throw new Error(`not a name for a collection or member: ${name}`)
  return name
}

const tableOf = (collection: string): string => `"collection_${checked(collection)}"`
const indexOf = (collection: string, members: ReadonlyArray<string>): string =>
  `"index_${checked(collection)}_on_${members.map(checked).join('_and_')}"`
const memberOf = (member: string): string => `json_extract(body, '$.${checked(member)}')`

/** `expected` 0 inserts; later versions only replace what they were folded from, or anything between. */
export type CollectionStatements = Readonly<{
  get: StatementSync
  create: StatementSync
  /** As `create`, for `rowsTogether` documents. */
  createMany: StatementSync
  replace: StatementSync
  insert: StatementSync
  /** As `insert`, for `rowsTogether` rows. */
  insertMany: StatementSync
  remove: StatementSync
}>

/** Each call into SQLite costs about what a small row does. */
export const rowsTogether = 16

const valuesOf = (rows: number): string => Array.from({ length: rows }, () => '(?, ?, ?)').join(', ')

export const prepareCollection = (database: DatabaseSync, collection: string): CollectionStatements => {
  const table = tableOf(collection)
  const inserting = (rows: number, onConflict: string): StatementSync =>
    database.prepare(`INSERT INTO ${table} (id, version, body) VALUES ${valuesOf(rows)} ON CONFLICT (id) ${onConflict}`)
  const unlessThere = 'DO NOTHING'
  const unlessNewer = 'DO UPDATE SET version = excluded.version, body = excluded.body WHERE version < excluded.version'
  return {
    get: database.prepare(`SELECT id, version, body FROM ${table} WHERE id = ?`),
    create: inserting(1, unlessNewer),
    createMany: inserting(rowsTogether, unlessNewer),
    replace: database.prepare(
      `UPDATE ${table} SET version = ?2, body = ?3 WHERE id = ?1 AND version >= ?4 AND version < ?2`,
    ),
    insert: inserting(1, unlessThere),
    insertMany: inserting(rowsTogether, unlessThere),
    remove: database.prepare(`DELETE FROM ${table} WHERE id = ? AND version >= ?`),
  }
}

export const createCollection = (database: DatabaseSync, { name, indexes }: CollectionSpec): void => {
  const table = tableOf(name)
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT`,
  )
  for (const members of indexes) {
    database.exec(
      `CREATE INDEX IF NOT EXISTS ${indexOf(name, members)} ON ${table} (${[...members.map(memberOf), 'id'].join(', ')})`,
    )
  }
}

export const dropCollection = (database: DatabaseSync, collection: string): void =>
  database.exec(`DROP TABLE IF EXISTS ${tableOf(collection)}`)

export const collectionExists = (database: DatabaseSync, collection: string): boolean =>
  database
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`)
    .get(`collection_${checked(collection)}`) !== undefined

type Condition = Readonly<{ text: string; value: string | number }>

const whereConditions = ({ where, by }: Query): ReadonlyArray<Condition> => [
  ...Object.entries(where).map(([member, value]) => ({ text: `${memberOf(member)} = ?`, value })),
  ...(by === undefined || by.from === null ? [] : [{ text: `${memberOf(by.member)} >= ?`, value: by.from }]),
  ...(by === undefined || by.below === null ? [] : [{ text: `${memberOf(by.member)} < ?`, value: by.below }]),
]

const idConditions = (query: Query): ReadonlyArray<Condition> => {
  const { from, below } = idRange(query)
  return [
    ...(from === null ? [] : [{ text: 'id >= ?', value: from }]),
    ...(below === null ? [] : [{ text: 'id < ?', value: below }]),
    ...(query.after === null ? [] : [{ text: query.order === 'ascending' ? 'id > ?' : 'id < ?', value: query.after }]),
  ]
}

const conditionsOf = (query: Query): ReadonlyArray<Condition> => [...whereConditions(query), ...idConditions(query)]

// SQLite knows no statistics: given two bounds it would read the range of a shorter index and filter.
const sourceOf = ({ collection, where, by }: Query): string => {
  const table = tableOf(collection)
  return by === undefined ? table : `${table} INDEXED BY ${indexOf(collection, [...Object.keys(where), by.member])}`
}

/**
 * The text of a query, the same for queries that differ in values only. A bare `?` as limit is looked at by SQLite's
 * planner, which then plans anew whenever it is bound.
 */
export const findText = (query: Query): string => {
  const conditions = conditionsOf(query).map(({ text }) => text)
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const direction = query.order === 'ascending' ? 'ASC' : 'DESC'
  const keys = [...(query.by === undefined ? [] : [memberOf(query.by.member)]), 'id']
  const order = keys.map(key => `${key} ${direction}`).join(', ')
  return `SELECT id, version, body FROM ${sourceOf(query)} ${filter} ORDER BY ${order} LIMIT +?`
}

/** What the marks of `findText` stand for, in their order. */
export const findValues = (query: Query): ReadonlyArray<string | number> => [
  ...conditionsOf(query).map(({ value }) => value),
  query.limit,
]
