import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readModelStoreContract } from '../contract/read-model-store.contract.ts'
import type { ReadModelStore, Write } from '../read-model-store.ts'
import { openSqliteReadModelStore } from './sqlite-read-model-store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runledger-read-models-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = () => join(folder, 'read-models.sqlite')

const open = async (maxPages?: number): Promise<ReadModelStore> => {
  const opened = await openSqliteReadModelStore({ file: file(), ...(maxPages === undefined ? {} : { maxPages }) })()
  if (isLeft(opened)) throw new Error(opened.left.message)
  return opened.right
}

const put = (id: string, body: string): Write => ({
  kind: 'put',
  collection: 'things',
  document: { id, version: 1, body: { kind: 'x', body } },
  expected: 0,
})

readModelStoreContract(open)

describe('the SQLite read-model store', () => {
  it('keeps documents and checkpoints over a restart', async () => {
    const before = await open()
    await before.ensure({ name: 'things', indexes: [['kind']] })()
    await before.apply([put('a', 'kept')], [{ projection: 'p__v1', partition: 2, n: 9 }])()
    await before.close()
    const after = await open()
    expect(await after.get('things', 'a')()).toMatchObject({ right: { body: { body: 'kept' } } })
    expect(await after.checkpoints('p__v1')()).toMatchObject({ right: new Map([[2, 9]]) })
    await after.close()
  })

  it('finds by index', async () => {
    const store = await open()
    await store.ensure({ name: 'things', indexes: [['kind']] })()
    await store.close()
    const database = new DatabaseSync(file())
    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT id FROM collection_things WHERE json_extract(body, '$.kind') = ? AND id > ? ORDER BY id LIMIT ?`,
      )
      .all('x', 'a', 10)
    database.close()
    expect(plan.map(({ detail }) => detail)).toStrictEqual([
      expect.stringContaining('INDEX index_things_on_kind (<expr>=? AND id>?)'),
    ])
  })

  it('answers full without room, keeps what it had, and goes on when there is room', async () => {
    const store = await open(64)
    await store.ensure({ name: 'things', indexes: [] })()
    const big = 'x'.repeat(100_000)
    const checkpoints = [{ projection: 'p__v1', partition: 0, n: 1 }]
    await store.apply([put('a', big)], [])()
    const refused = await store.apply([put('b', 'small'), put('c', big), put('d', big)], checkpoints)()
    expect(refused).toMatchObject({ left: { kind: 'full' } })
    expect(await store.get('things', 'b')()).toMatchObject({ right: null })
    expect(await store.checkpoints('p__v1')()).toMatchObject({ right: new Map() })
    await store.apply([{ kind: 'delete', collection: 'things', id: 'a', expected: 1 }], [])()
    expect(await store.apply([put('b', 'small'), put('c', big)], checkpoints)()).toMatchObject({ _tag: 'Right' })
    expect(await store.get('things', 'c')()).toMatchObject({ right: { version: 1 } })
    await store.close()
  })

  it('says that a damaged file may be deleted', async () => {
    await writeFile(file(), 'this is no database, however long it may be'.repeat(100))
    expect(await openSqliteReadModelStore({ file: file() })()).toMatchObject({
      left: { kind: 'unreachable', message: expect.stringContaining('delete the file') },
    })
  })

  it('has what was written moved to the main file aside, and is done with that when it is closed', async () => {
    const opened = await openSqliteReadModelStore({ file: file(), checkpointsAside: true })()
    if (isLeft(opened)) throw new Error(opened.left.message)
    const store = opened.right
    await store.ensure({ name: 'things', indexes: [] })()
    const megabyte = 1024 * 1024
    // Less than what has the writer itself make a checkpoint.
    await store.apply([put('a', 'x'.repeat(megabyte))], [])()
    await vi.waitFor(() => expect(statSync(file()).size).toBeGreaterThan(megabyte), { timeout: 20_000 })
    await store.close()
    expect(existsSync(`${file()}-wal`)).toBe(false)
  })
})
