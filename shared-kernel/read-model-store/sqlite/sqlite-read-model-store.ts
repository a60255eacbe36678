import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { left, right } from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { transactionSteps } from '../../event-log/sqlite/transaction-steps.ts'
import type {
  Applied,
  Checkpoint,
  Document,
  JsonObject,
  Query,
  ReadModelStore,
  ReadModelStoreFault,
  Write,
} from '../read-model-store.ts'
import { checkpointAside } from './checkpoint-aside.ts'
import {
  type CollectionStatements,
  collectionExists,
  createCollection,
  dropCollection,
  findText,
  findValues,
  prepareCollection,
} from './collection-statements.ts'
import { readModelStoreFault } from './read-model-store-fault.ts'
import { createSqliteLeases } from './sqlite-leases.ts'
import { createSqliteRecords } from './sqlite-records.ts'
import { writeTogether } from './write-together.ts'

const documentRow = t.strict({ id: t.string, version: t.number, body: t.string })
const checkpointRow = t.strict({ partition: t.number, n: t.number })

const documentOf = (row: unknown): Document => {
  if (!documentRow.is(row)) throw new Error('a row of a collection has another shape')
  return { id: row.id, version: row.version, body: JSON.parse(row.body) as JsonObject }
}

const positionOf = (row: unknown): readonly [number, number] => {
  if (!checkpointRow.is(row)) throw new Error('a row of the checkpoints has another shape')
  return [row.partition, row.n]
}

const attempt =
  <A>(work: () => A): TaskEither<ReadModelStoreFault, A> =>
  async () => {
    try {
      return right(work())
    } catch (error) {
      return left(readModelStoreFault(error))
    }
  }

type Options = Readonly<{
  file: string
  /** Bounds the file, in pages of 4 KiB; beyond it the store is `full`. */
  maxPages?: number
  /** Of pages kept in memory, beside the system's own cache of the file. */
  cacheKiB?: number
  /** For whoever writes much: from the first write on, a thread of its own makes checkpoints. */
  checkpointsAside?: boolean
}>

// What is lost with the last moments before a power failure is projected again, so no write waits for the disk.
const openDatabase = ({ file, maxPages, cacheKiB = 2048 }: Options): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 1000 })
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${cacheKiB};`)
    // 48 MiB between checkpoints: while a projection is built the same pages are written again and again.
    database.exec(`PRAGMA wal_autocheckpoint = 12000; PRAGMA journal_size_limit = 67108864;`)
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`)
    database.exec(`CREATE TABLE IF NOT EXISTS checkpoints
      (projection TEXT NOT NULL, partition INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (projection, partition))
      STRICT, WITHOUT ROWID`)
    database.exec(`CREATE TABLE IF NOT EXISTS fences
      (projection TEXT NOT NULL, partition INTEGER NOT NULL, fence INTEGER NOT NULL,
       PRIMARY KEY (projection, partition))
      STRICT, WITHOUT ROWID`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const transactionsOn = (database: DatabaseSync) => {
  const { begin, commit, rollback } = transactionSteps(database)
  return <A>(work: () => A): A => {
    begin()
    try {
      const done = work()
      commit()
      return done
    } catch (error) {
      rollback()
      throw error
    }
  }
}

const storeOn = (database: DatabaseSync, { file, checkpointsAside = false }: Options): ReadModelStore => {
  const inTransaction = transactionsOn(database)
  const collections = new Map<string, CollectionStatements>()
  const finds = new Map<string, StatementSync>()
  const readCheckpoints = database.prepare('SELECT partition, n FROM checkpoints WHERE projection = ?')
  const advance = database.prepare(
    `INSERT INTO checkpoints (projection, partition, n) VALUES (?, ?, ?)
     ON CONFLICT (projection, partition) DO UPDATE SET n = excluded.n WHERE n < excluded.n`,
  )

  // Changes nothing where a higher fence is remembered.
  const raise = database.prepare(
    `INSERT INTO fences (projection, partition, fence) VALUES (?, ?, ?)
     ON CONFLICT (projection, partition) DO UPDATE SET fence = excluded.fence WHERE fence <= excluded.fence`,
  )

  const isDeposed = ({ projection, partition, fence }: Checkpoint): boolean =>
    fence !== undefined && raise.run(projection, partition, fence).changes === 0

  const statementsOf = (collection: string): CollectionStatements => {
    const known = collections.get(collection) ?? prepareCollection(database, collection)
    collections.set(collection, known)
    return known
  }

  const findStatement = (query: Query): StatementSync => {
    const text = findText(query)
    const known = finds.get(text) ?? database.prepare(text)
    finds.set(text, known)
    return known
  }

  const unlessAbsent = <A>(collection: string, read: () => A, absent: A): A => {
    try {
      return read()
    } catch (error) {
      if (database.isOpen && !collectionExists(database, collection)) return absent
      throw error
    }
  }

  const get = (collection: string, id: string): Document | null => {
    const row = statementsOf(collection).get.get(id)
    return row === undefined ? null : documentOf(row)
  }

  const find = (query: Query): ReadonlyArray<Document> =>
    findStatement(query)
      .all(...findValues(query))
      .map(documentOf)

  const apply = (writes: ReadonlyArray<Write>, checkpoints: ReadonlyArray<Checkpoint>): Applied =>
    inTransaction(() => {
      for (const [collection, each] of Map.groupBy(writes, write => write.collection))
        writeTogether(statementsOf(collection), each)
      const { left: allowed, right: refused } = RA.partition(isDeposed)(checkpoints)
      for (const { projection, partition, n } of allowed) advance.run(projection, partition, n)
      return { deposed: refused.map(({ partition }) => partition) }
    })

  let endCheckpoints: (() => Promise<void>) | null = null

  const applyAndCheckpoint: typeof apply = (writes, checkpoints) => {
    if (checkpointsAside) endCheckpoints ??= checkpointAside(file)
    return apply(writes, checkpoints)
  }

  const forget = (): void => {
    collections.clear()
    finds.clear()
  }

  return {
    ensure: collection => attempt(() => createCollection(database, collection)),
    get: (collection, id) => attempt(() => unlessAbsent(collection, () => get(collection, id), null)),
    find: query => attempt(() => unlessAbsent(query.collection, () => find(query), [])),
    checkpoints: projection => attempt(() => new Map(readCheckpoints.all(projection).map(positionOf))),
    apply: (writes, checkpoints) => attempt(() => applyAndCheckpoint(writes, checkpoints)),
    drop: collection =>
      attempt(() => {
        forget()
        dropCollection(database, collection)
      }),
    leases: createSqliteLeases(database, attempt),
    records: createSqliteRecords(database, attempt),
    close: async () => {
      await endCheckpoints?.()
      if (database.isOpen) database.close()
    },
  }
}

/** Read models in one SQLite file, apart from the log. */
export const openSqliteReadModelStore = (options: Options): TaskEither<ReadModelStoreFault, ReadModelStore> =>
  attempt(() => storeOn(openDatabase(options), options))
