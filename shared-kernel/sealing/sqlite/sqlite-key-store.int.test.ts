import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { rightOf } from '../../event-log/contract/right-of.ts'
import { keyStoreContract } from '../key-store.contract.ts'
import { openSqliteKeyStore } from './open-sqlite-key-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'runledger-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const newFile = (): string => {
  files += 1
  return join(folder, `${files}.sqlite`)
}

const open = async (file: string) => rightOf(await openSqliteKeyStore(file)())

keyStoreContract('in SQLite', () => open(newFile()))

describe('a file of keys', () => {
  const createdAt = '2026-03-01T00:00:00.000Z'
  const key = (stream: string) => ({ stream, tenant: 'acme', createdAt, wrapped: `wrapped-key-of-${stream}` })
  const bytesOf = (file: string): string => [file, `${file}-wal`].map(name => readFileSync(name, 'latin1')).join('')

  it('holds no byte of a key that was removed, nor does what lies beside it, while it is open', async () => {
    const file = newFile()
    const store = await open(file)
    for (const stream of ['one', 'two']) rightOf(await store.add(key(stream))())
    expect(bytesOf(file)).toContain('wrapped-key-of-one')
    rightOf(await store.remove(['one'])())
    expect(bytesOf(file)).not.toContain('wrapped-key-of-one')
    expect(bytesOf(file)).toContain('wrapped-key-of-two')
    await store.close()
  })

  it('is read again after it was closed', async () => {
    const file = newFile()
    const store = await open(file)
    rightOf(await store.add(key('one'))())
    rightOf(await store.begin('check')())
    await store.close()
    const again = await open(file)
    expect(rightOf(await again.find('one')())).toStrictEqual(key('one'))
    expect(rightOf(await again.check()())).toBe('check')
    await again.close()
  })

  it('is taken over from a release that kept an index of all keys by age, and leaves none behind', async () => {
    const file = newFile()
    const older = new DatabaseSync(file)
    older.exec(`PRAGMA journal_mode = WAL;
      CREATE TABLE keys (stream TEXT PRIMARY KEY, tenant TEXT NOT NULL, createdAt TEXT NOT NULL, wrapped TEXT NOT NULL)
        STRICT, WITHOUT ROWID;
      CREATE INDEX keys_by_age ON keys (createdAt, stream)`)
    const insert = older.prepare('INSERT INTO keys (stream, tenant, createdAt, wrapped) VALUES (?, ?, ?, ?)')
    const kept = ['another', 'submission-019cc000-0000-7000-8000-000000000000'].map(key)
    for (const { stream, tenant, wrapped } of kept) insert.run(stream, tenant, createdAt, wrapped)
    older.close()
    const store = await open(file)
    expect(rightOf(await store.olderThan('2026-03-09T00:00:00.000Z', null, 9)())).toStrictEqual(kept.toReversed())
    await store.close()
    const left = new DatabaseSync(file)
    const indexes = left.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'keys' AND sql <> ''",
    )
    expect(indexes.all()).toMatchObject([{ name: 'keys_named_otherwise' }])
    left.close()
  })

  it('is not taken where the path is no file of keys', async () => {
    expect(await openSqliteKeyStore(folder)()).toMatchObject({ _tag: 'Left', left: { _tag: 'KeyStoreFault' } })
  })
})
