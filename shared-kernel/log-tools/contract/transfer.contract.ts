import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it } from 'vitest'
import { notingTransaction } from '../../event-log/contract/noting-transaction.ts'
import { readWholeLog } from '../../event-log/contract/read-whole-log.ts'
import { rightOf } from '../../event-log/contract/right-of.ts'
import type { EventLog } from '../../event-log/event-log.ts'
import { openInMemoryEventLog } from '../../event-log/in-memory/in-memory-event-log.ts'
import type { LogStorage } from '../../event-log/log-storage.ts'
import { exportLog } from '../transfer/export-log.ts'
import { importLog } from '../transfer/import-log.ts'
import type { OpenImportTarget } from '../transfer/import-target.ts'

/** An empty place for a log, and the ways to open it. */
export type Place = Readonly<{
  target: OpenImportTarget
  openLog: () => Promise<EventLog>
  openStorage: () => Promise<LogStorage>
  /** Whether nothing is left of an import that failed. */
  isEmpty: () => Promise<boolean>
}>

const nothing = () => undefined

// A log without content has no keys.
const keys = () => Promise.reject(new Error('a store of keys was asked for'))

const inMemory = async (): Promise<LogStorage> => {
  const log = openInMemoryEventLog({ partitions: 3 })
  for (let i = 0; i < 40; i++) {
    rightOf(await log.transact(notingTransaction(`stream-${i % 7}`, [`note ${i}`, 'naïve 🙂\u0000\n"\\\u2028']))())
  }
  return { ...log, stray: () => async () => E.right(null), insert: () => async () => E.right('taken') }
}

/** What becomes of a log that moves to another store. */
export const transferContract = (name: string, place: () => Place): void => {
  describe(`a log that moves to ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'runledger-transfer-'))
    afterAll(() => rmSync(folder, { recursive: true }))
    let files = 0
    const newFile = () => {
      files += 1
      return join(folder, `${files}.ndjson`)
    }
    const exported = async (storage: LogStorage) => {
      const file = newFile()
      expect(rightOf(await exportLog({ storage, keys: null }, file, nothing)())).toBe(40)
      await storage.close()
      return file
    }
    const fileOf = (lines: ReadonlyArray<string>) => {
      const file = newFile()
      writeFileSync(file, lines.map(line => `${line}\n`).join(''))
      return file
    }

    it('is the same log, to the byte, and goes on there', async () => {
      const file = await exported(await inMemory())
      const { target, openLog, openStorage } = place()
      let imported = 0
      const follow = (commits: number) => {
        expect(commits).toBe(40)
        return (more: number) => {
          imported += more
        }
      }
      expect(rightOf(await importLog(file, { log: target, keys }, follow)())).toBe(40)
      expect(imported).toBe(40)
      expect(readFileSync(await exported(await openStorage()))).toStrictEqual(readFileSync(file))

      const log = await openLog()
      expect(log.logId).toBe(JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '').logId)
      const appended = rightOf(await log.transact(notingTransaction('stream-1', ['more']))())
      expect(appended.fold.state.at(-1)).toBe('more')
      expect((await readWholeLog(log)).flat()).toHaveLength(41)
      await log.close()
    })

    it('is exported up to where it was, while it grows', async () => {
      const storage = await inMemory()
      const growing: LogStorage = {
        ...storage,
        tails: () => async () => {
          const tails = await storage.tails()()
          for (let i = 0; i < 20; i++)
            await (storage as LogStorage & EventLog).transact(notingTransaction(`s${i}`, ['x']))()
          return tails
        },
      }
      const { target } = place()
      expect(rightOf(await importLog(await exported(growing), { log: target, keys }, () => nothing)())).toBe(40)
    })

    it('is refused whole, with the line, where the file is not what was exported', async () => {
      const lines = readFileSync(await exported(await inMemory()), 'utf8')
        .trimEnd()
        .split('\n')
      const { target, isEmpty } = place()
      const expectRefusal = async (changed: ReadonlyArray<string>, why: string) => {
        expect(await importLog(fileOf(changed), { log: target, keys }, () => nothing)()).toStrictEqual(
          E.left(expect.stringContaining(why)),
        )
        expect(await isEmpty()).toBe(true)
      }
      await expectRefusal(lines.slice(0, -1), 'was cut')
      await expectRefusal([...lines.slice(0, -1), lines.at(-1)?.slice(0, -3) ?? ''], 'line 42 is no record')
      await expectRefusal(lines.toSpliced(20, 1), 'line 21 holds partition')
      await expectRefusal(lines.with(9, lines[9]?.replace('note', 'nota') ?? ''), 'line 10 holds partition 0, position')
      await expectRefusal(lines.toSpliced(5, 0, '{"record":"lock","id":"k"}'), 'line 6 is a record of kind "lock"')
      await expectRefusal(lines.with(0, lines[0]?.replace('"format":1', '"format":2') ?? ''), 'see its format')
      await expectRefusal(lines.slice(1), 'line 1 is no header')
      await expectRefusal([], 'was cut')
      await expectRefusal([...lines, lines[1] ?? ''], 'line 43 follows the end')
      await expectRefusal(lines.with(-1, '{"record":"end","commits":41}'), 'says 41 commits, there were 40')
    })

    it('is refused where there is a log already', async () => {
      const file = await exported(await inMemory())
      const { target, openLog } = place()
      await (await openLog()).close()
      expect(await importLog(file, { log: target, keys }, () => nothing)()).toStrictEqual(
        E.left(expect.stringContaining('already')),
      )
      await (await openLog()).close()
    })

    it('is not exported over a file, nor with a hole in it', async () => {
      const file = newFile()
      writeFileSync(file, 'mine')
      const storage = await inMemory()
      expect(await exportLog({ storage, keys: null }, file, nothing)()).toMatchObject(
        E.left(expect.stringContaining('already')),
      )
      const holed: LogStorage = {
        ...storage,
        readPartition: (p, after, limit) => async () =>
          E.map((commits: ReadonlyArray<{ n: number }>) => commits.filter(({ n }) => n !== 3))(
            await storage.readPartition(p, after, limit)(),
          ) as Awaited<ReturnType<ReturnType<LogStorage['readPartition']>>>,
      }
      const other = newFile()
      expect(await exportLog({ storage: holed, keys: null }, other, nothing)()).toMatchObject(
        E.left(expect.stringContaining('position 3')),
      )
      expect([existsSync(other), existsSync(`${other}.part`), readFileSync(file, 'utf8')]).toStrictEqual([
        false,
        false,
        'mine',
      ])
      await storage.close()
    })
  })
}
