import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notingTransaction } from '../contract/noting-transaction.ts'
import { rightOf } from '../contract/right-of.ts'
import { verifyChain } from '../verify-chain.ts'
import { journalBytes } from './lay-out-journal.ts'
import { openSqliteEventLog, type SqliteOptions } from './open-sqlite-event-log.ts'

describe('given the file of a log', () => {
  let folder: string
  let file: string
  const open = (options: Omit<SqliteOptions, 'file'> = {}) => openSqliteEventLog({ file, ...options })()
  const inFile = (sql: string) => {
    const db = new DatabaseSync(file)
    db.exec(sql)
    db.close()
  }
  const expectRefusal = async (why: RegExp, options: Omit<SqliteOptions, 'file'> = {}) =>
    expect(await open(options)).toStrictEqual(
      E.left({ _tag: 'EventLogUnusable', kind: 'unfit', message: expect.stringMatching(why) }),
    )

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
    file = join(folder, 'log.sqlite')
    await rightOf(await open({ partitions: 8 })).close()
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is the same log each time it is opened', async () => {
    const first = rightOf(await open())
    await first.transact(notingTransaction('s', ['a']))()
    await first.close()
    const second = rightOf(await open({ partitions: 8 }))
    expect(second.logId).toBe(first.logId)
    expect(second.partitions).toBe(8)
    const { fold } = rightOf(await second.transact(notingTransaction('s', ['b']))())
    expect(fold).toStrictEqual({ version: 2, state: ['a', 'b'] })
    await second.close()
  })

  it('takes the room its journal will need where it is the only one to write, and stays within', async () => {
    const log = rightOf(await open({ isSoleWriter: true }))
    await log.transact(notingTransaction('s', ['a']))()
    expect(statSync(`${file}-wal`).size).toBe(journalBytes)
    await log.close()
  })

  it('lets its journal grow where others may write', async () => {
    const log = rightOf(await open())
    await log.transact(notingTransaction('s', ['a']))()
    expect(statSync(`${file}-wal`).size).toBeLessThan(journalBytes)
    await log.close()
  })

  it('has 64 partitions where nobody says otherwise', async () => {
    file = join(folder, 'another.sqlite')
    const log = rightOf(await open())
    expect(log.partitions).toBe(64)
    await log.close()
  })

  it('refuses another number of partitions, and names the right one', () =>
    expectRefusal(/has 8 partitions for ever, 64 were asked for; configure 8/, { partitions: 64 }))

  it.each(['commits_by_position', 'commits_by_stream', 'commits_by_id'])(
    'refuses to work without the index %s, and says how to restore it',
    async index => {
      inFile(`DROP INDEX ${index}`)
      await expectRefusal(new RegExp(`${index} is missing; .* restore it with: CREATE .*INDEX ${index}`))
    },
  )

  it('opens again where the index was restored as told', async () => {
    inFile('DROP INDEX commits_by_stream')
    const refusal = await open()
    const remedy = E.isLeft(refusal) ? refusal.left.message.split('with: ')[1] : undefined
    inFile(remedy ?? '')
    await rightOf(await open()).close()
  })

  it('refuses a table that is not ours', async () => {
    inFile('ALTER TABLE commits ADD COLUMN extra TEXT')
    await expectRefusal(/commits is not what this version made/)
  })

  it.each([
    ['format', '2', /has format 2, this version reads 1/],
    ['partitionHash', "'md5'", /placed by md5, this version knows sha256-48/],
  ])('refuses another %s in the genesis', async (column, value, why) => {
    inFile(`DROP TRIGGER genesis_refuse_update; UPDATE genesis SET ${column} = ${value}`)
    await expectRefusal(why)
  })

  it('refuses a file that holds something else', async () => {
    file = join(folder, 'other.sqlite')
    inFile('CREATE TABLE notes (text TEXT)')
    await expectRefusal(/holds no event log/)
    file = join(folder, 'other.txt')
    writeFileSync(file, 'this is a text about something else entirely, not a database'.repeat(20))
    await expectRefusal(/not a database.*restore it from a backup, or name another file/)
    file = join(folder, 'no-such-folder', 'log.sqlite')
    await expectRefusal(/unable to open.*see that its folder is there/)
  })

  it('refuses events of a schema this version does not know, and opens while it knows all', async () => {
    const log = rightOf(await open())
    await log.transact(notingTransaction('s', ['a']))()
    await log.close()
    await rightOf(await open()).close()
    inFile("INSERT INTO schemas VALUES ('OutputChunk@9')")
    await expectRefusal(/cannot read \(OutputChunk@9\); run a newer version/)
  })

  it('knows which schemas it was written with, also after an append that came to nothing', async () => {
    const written = () => {
      const db = new DatabaseSync(file, { readOnly: true })
      const names = db.prepare('SELECT name FROM schemas').all()
      db.close()
      return names.map(({ name }) => name)
    }
    const log = rightOf(await open())
    inFile("CREATE TRIGGER refusal BEFORE INSERT ON commits BEGIN SELECT RAISE(ROLLBACK, 'no'); END")
    await expect(log.transact(notingTransaction('s', ['a']))()).rejects.toThrow()
    expect(written()).toStrictEqual([])
    inFile('DROP TRIGGER refusal')
    rightOf(await log.transact(notingTransaction('s', ['a']))())
    expect(written()).toStrictEqual(['CancellationRequested@1'])
    await log.close()
  })

  it('that an earlier version began, without a ledger of schemas, is opened and gets one', async () => {
    const log = rightOf(await open())
    rightOf(await log.transact(notingTransaction('s', ['a']))())
    await log.close()
    inFile('DROP TABLE schemas')
    const again = rightOf(await open())
    rightOf(await again.transact(notingTransaction('s', ['b']))())
    await again.close()
    inFile("INSERT INTO schemas VALUES ('Unheard@1')")
    await expectRefusal(/cannot read \(Unheard@1\)/)
  })

  it('lets nobody rewrite what was recorded', async () => {
    const log = rightOf(await open())
    await log.transact(notingTransaction('s', ['a']))()
    expect(() => inFile("UPDATE commits SET events = '[]'")).toThrow('append-only')
    expect(() => inFile('DELETE FROM commits')).toThrow('append-only')
    expect(() => inFile('UPDATE genesis SET partitions = 1')).toThrow('append-only')
    await log.close()
  })

  it('can be read beside, while it is written', async () => {
    const log = rightOf(await open())
    await log.transact(notingTransaction('s', ['a']))()
    const reader = new DatabaseSync(file, { readOnly: true })
    const count = () => reader.prepare('SELECT count(*) AS count FROM commits').get()?.['count']
    expect(count()).toBe(1)
    await log.transact(notingTransaction('s', ['b']))()
    expect(count()).toBe(2)
    reader.close()
    await log.close()
  })

  it('stays whole where two writers share it against the rules', async () => {
    const logs = [rightOf(await open()), rightOf(await open())]
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => logs[i % 2]?.transact(notingTransaction(`s${i % 5}`, [String(i)]))()),
    )
    for (const log of logs) {
      const ns = rightOf(await log.tails()())
      expect(ns.reduce((sum, n) => sum + n, 0)).toBe(40)
      for (const [p, n] of ns.entries()) {
        expect(rightOf(await verifyChain(log, p)())).toMatchObject({ _tag: 'Intact', n })
      }
      await log.close()
    }
  })

  it('answers a fault, and no more, where another holds the write lock for too long', async () => {
    const log = rightOf(await open())
    const holder = new DatabaseSync(file)
    holder.exec('BEGIN IMMEDIATE')
    expect(await log.transact(notingTransaction('s', ['a']))()).toMatchObject(E.left({ kind: 'contended' }))
    holder.exec('ROLLBACK')
    expect(rightOf(await log.transact(notingTransaction('s', ['a']))())).toMatchObject({ outcome: 'appended' })
    holder.close()
    await log.close()
  })

  it('names a damaged commit instead of guessing at it', async () => {
    const log = rightOf(await open({ partitions: 8 }))
    const { position } = rightOf(await log.transact(notingTransaction('s', ['a']))())
    inFile("DROP TRIGGER commits_refuse_update; UPDATE commits SET events = '[]'")
    const corrupt = E.left({
      _tag: 'EventLogFault',
      kind: 'corrupt',
      message: `the commit at partition ${position?.p}, position 1 cannot be read: holds 0 events and says 1`,
    })
    expect(await log.readStream('s', 1)()).toStrictEqual(corrupt)
    expect(await log.transact(notingTransaction('s', ['b']))()).toStrictEqual(corrupt)
    expect(rightOf(await verifyChain(log, position?.p ?? -1)())).toMatchObject({ _tag: 'Broken', position })
    await log.close()
  })
})
