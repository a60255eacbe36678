import { type FileHandle, open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { createGroupCommit } from '../../event-log/sqlite/group-commit.ts'
import { sqliteFault } from '../../event-log/sqlite/sqlite-fault.ts'
import { transactionSteps } from '../../event-log/sqlite/transaction-steps.ts'
import {
  type KeyPlace,
  type KeyStore,
  type KeyStoreFault,
  type Reservation,
  reservation,
  type StoredKey,
  storedKey,
} from '../key-store.ts'
import { createFlush } from './create-flush.ts'
import { indexByAge, keysByAge, selectKeys } from './keys-by-age.ts'

const maxMilliseconds = 8

const schema = [
  `CREATE TABLE IF NOT EXISTS keys
    (stream TEXT PRIMARY KEY, tenant TEXT NOT NULL, createdAt TEXT NOT NULL, wrapped TEXT NOT NULL)
    STRICT, WITHOUT ROWID`,
  ...indexByAge,
  'CREATE TABLE IF NOT EXISTS reservations (id TEXT PRIMARY KEY, until TEXT NOT NULL, streams TEXT NOT NULL) STRICT',
  'CREATE TABLE IF NOT EXISTS master (only INTEGER PRIMARY KEY CHECK (only = 1), proof TEXT NOT NULL) STRICT',
]

// Of a key that was deleted nothing stays in the file. What is written is flushed by `createFlush`.
const openDatabase = (file: string): DatabaseSync => {
  const db = new DatabaseSync(file, { timeout: 1000 })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON')
    for (const statement of schema) db.exec(statement)
    return db
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

const keyOf = (row: unknown): StoredKey => {
  // The driver's rows have no prototype.
  const key = { ...(row as object) }
  if (!storedKey.is(key)) throw new Error('a row of the keys has another shape')
  return key
}

const reservationOf = (row: unknown): Reservation => {
  const { id, until, streams } = row as Readonly<Record<string, unknown>>
  const made = { id, until, streams: JSON.parse(String(streams)) }
  if (!reservation.is(made)) throw new Error('a row of the reserved keys has another shape')
  return made
}

const statementsOf = (db: DatabaseSync) => ({
  insert: db.prepare(
    'INSERT INTO keys (stream, tenant, createdAt, wrapped) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ),
  find: db.prepare(`${selectKeys} WHERE stream = ?`),
  remove: db.prepare('DELETE FROM keys WHERE stream = ?'),
  olderThan: keysByAge(db),
  inOrder: db.prepare(`${selectKeys} WHERE stream > ? ORDER BY stream LIMIT +?`),
  reserve: db.prepare('INSERT INTO reservations (id, until, streams) VALUES (?, ?, ?)'),
  insertNew: db.prepare('INSERT INTO keys (stream, tenant, createdAt, wrapped) VALUES (?, ?, ?, ?)'),
  unsettled: db.prepare('SELECT id, until, streams FROM reservations WHERE until < ? ORDER BY until LIMIT ?'),
  settle: db.prepare('DELETE FROM reservations WHERE id = ?'),
  proof: db.prepare('SELECT proof FROM master'),
  begin: db.prepare('INSERT INTO master (only, proof) VALUES (1, ?) ON CONFLICT DO NOTHING'),
})

const fault = (message: string): KeyStoreFault => ({ _tag: 'KeyStoreFault', message })

const asked =
  <A>(question: () => A | Promise<A>): TaskEither<KeyStoreFault, A> =>
  async () => {
    try {
      return E.right(await question())
    } catch (thrown) {
      const known = sqliteFault(thrown)
      if (known !== null) return E.left(fault(known.message))
      if (thrown instanceof Error && 'syscall' in thrown) return E.left(fault(thrown.message))
      throw thrown
    }
  }

const storeOn = (db: DatabaseSync, writeAheadLog: FileHandle): KeyStore => {
  const statements = statementsOf(db)
  const isStoreFailure = (thrown: unknown): boolean => sqliteFault(thrown) !== null
  const group = createGroupCommit(transactionSteps(db), { isStoreFailure, maxMilliseconds })

  const flush = createFlush(writeAheadLog)

  // The key is on the disk before what it seals: SQLite would flush here too, with the log waiting meanwhile.
  const durably = async <A>(work: () => A): Promise<A> => {
    const done = await group.submit(work)
    await flush()
    return done
  }

  const find = (stream: string): StoredKey | null => {
    const row = statements.find.get(stream)
    return row === undefined ? null : keyOf(row)
  }

  const add = (key: StoredKey): StoredKey => {
    const { changes } = statements.insert.run(key.stream, key.tenant, key.createdAt, key.wrapped)
    return changes === 0 ? (find(key.stream) ?? key) : key
  }

  const reserve = ({ id, until, streams }: Reservation, keys: ReadonlyArray<StoredKey>): void => {
    statements.reserve.run(id, until, JSON.stringify(streams))
    for (const key of keys) statements.insertNew.run(key.stream, key.tenant, key.createdAt, key.wrapped)
  }

  const settle = (ids: ReadonlyArray<string>): void => {
    for (const id of ids) statements.settle.run(id)
  }

  const remove = (streams: ReadonlyArray<string>): number =>
    streams.reduce((count, stream) => count + Number(statements.remove.run(stream).changes), 0)

  // What was written over in the file may stand in its write-ahead log still.
  const emptyWriteAheadLog = (): E.Either<KeyStoreFault, void> =>
    db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0
      ? E.right(undefined)
      : E.left(
          fault('another process reads the file of the keys: what was deleted may be in its write-ahead log still'),
        )

  const olderThan = (before: string, after: KeyPlace | null, limit: number) =>
    statements.olderThan(before, after, limit).map(keyOf)

  const proof = (): string | null => {
    const found = statements.proof.get()?.['proof']
    return typeof found === 'string' ? found : null
  }

  return {
    add: key => asked(() => durably(() => add(key))),
    reserve: (made, keys) => asked(() => durably(() => reserve(made, keys))),
    unsettled: (before, limit) => asked(() => statements.unsettled.all(before, limit).map(reservationOf)),
    settle: ids => asked(() => group.submit(() => settle(ids))),
    find: stream => asked(() => find(stream)),
    remove: streams => async () => {
      const removed = await asked(() => durably(() => remove(streams)))()
      if (E.isLeft(removed)) return removed
      const emptied = await asked(emptyWriteAheadLog)()
      if (E.isLeft(emptied)) return emptied
      return E.isLeft(emptied.right) ? emptied.right : removed
    },
    olderThan: (before, after, limit) => asked(() => olderThan(before, after, limit)),
    inOrder: (afterStream, limit) => asked(() => statements.inOrder.all(afterStream, limit).map(keyOf)),
    check: () => asked(proof),
    begin: first =>
      asked(() =>
        durably(() => {
          statements.begin.run(first)
          return proof() ?? first
        }),
      ),
    close: async () => {
      group.drain()
      if (!db.isOpen) return
      db.close()
      await writeAheadLog.close()
    },
  }
}

const openOn = async (file: string): Promise<KeyStore> => {
  const db = openDatabase(file)
  try {
    return storeOn(db, await open(`${file}-wal`, 'r+'))
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/** The keys in an SQLite file of their own, which is made where it is missing. */
export const openSqliteKeyStore = (file: string): TaskEither<KeyStoreFault, KeyStore> => asked(() => openOn(file))
