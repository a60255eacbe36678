import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it } from 'vitest'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import { notingTransaction } from '../event-log/contract/noting-transaction.ts'
import { rightOf } from '../event-log/contract/right-of.ts'
import { openInMemoryEventLog } from '../event-log/in-memory/in-memory-event-log.ts'
import { openSqliteEventLog } from '../event-log/sqlite/open-sqlite-event-log.ts'
import { inMemoryKeyStore } from '../sealing/in-memory/in-memory-key-store.ts'
import { type Keyring, openKeyring } from '../sealing/keyring.ts'
import { sealedEventLog } from '../sealing/sealed-event-log.ts'
import { openSqliteKeyStore } from '../sealing/sqlite/open-sqlite-key-store.ts'
import { received } from '../submission/test-support/events.ts'
import { exportLog } from './transfer/export-log.ts'
import { importLog } from './transfer/import-log.ts'
import { sqliteImportTarget } from './transfer/sqlite-import-target.ts'

const folder = mkdtempSync(join(tmpdir(), 'runledger-keys-transfer-'))
afterAll(() => rmSync(folder, { recursive: true }))

const master = createSecretKey(randomBytes(32))
const nothing = () => undefined

/** The name of a stream whose key was made ahead: `submission-100`, the first of those that are named. */
const madeAhead = async (keyring: Keyring): Promise<string> => {
  let number = 100
  for (;;) {
    const stream = keyring.reserved('acme', () => `submission-${number++}`)
    if (stream !== null) return stream
    await Promise.resolve()
  }
}

const exported = async () => {
  const log = openInMemoryEventLog({ partitions: 2 })
  const store = inMemoryKeyStore()
  const keyring = rightOf(await openKeyring({ store, master, logId: log.logId })())
  const sealed = sealedEventLog(log, keyring)
  for (const stream of ['submission-0', 'submission-1', await madeAhead(keyring)]) {
    const transaction = notingTransaction(stream, [], { decide: () => E.right<never, DomainEvent[]>([received]) })
    rightOf(await sealed.transact(transaction)())
  }
  rightOf(await keyring.destroy(['submission-1'])())
  await keyring.close()
  const storage = {
    ...log,
    stray: () => async () => E.right(null),
    insert: () => async () => E.right('taken' as const),
  }
  const file = join(folder, `${randomUUID()}.ndjson`)
  expect(rightOf(await exportLog({ storage, keys: store }, file, nothing)())).toBe(3)
  return { file, logId: log.logId }
}

const place = () => {
  const home = mkdtempSync(join(folder, 'home-'))
  const logFile = join(home, 'runledger.sqlite')
  const keyFile = join(home, 'keys.sqlite')
  const targets = { log: sqliteImportTarget(logFile), keys: () => openSqliteKeyStore(keyFile)() }
  return { home, logFile, keyFile, targets }
}

describe('a log that moves with its data keys', () => {
  it('opens there with the same master key, but for what was erased', async () => {
    const { file, logId } = await exported()
    const { targets, logFile, keyFile } = place()
    expect(rightOf(await importLog(file, targets, () => nothing)())).toBe(3)
    const store = rightOf(await openSqliteKeyStore(keyFile)())
    const log = rightOf(await openSqliteEventLog({ file: logFile })())
    const sealed = sealedEventLog(log, rightOf(await openKeyring({ store, master, logId })()))
    const read = async (stream: string) => rightOf(await sealed.readStream(stream, 1)())[0]?.event
    expect(await read('submission-0')).toStrictEqual(received)
    expect(await read('submission-1')).toMatchObject({ schema: 2 })
    expect(await read('submission-100')).toStrictEqual(received)
    await store.close()
    await log.close()
  })

  it('is refused whole where its keys are not as they were exported', async () => {
    const { file } = await exported()
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const expectRefusal = async (changed: ReadonlyArray<string>, why: string) => {
      const { targets, home, keyFile } = place()
      const altered = join(folder, `${randomUUID()}.ndjson`)
      writeFileSync(altered, changed.map(line => `${line}\n`).join(''))
      const imported = await importLog(altered, targets, () => nothing)()
      expect(imported).toStrictEqual(E.left(expect.stringContaining(why)))
      expect(readdirSync(home)).not.toContain('runledger.sqlite')
      const store = rightOf(await openSqliteKeyStore(keyFile)())
      expect(rightOf(await store.find('submission-0')())).toBeNull()
      await store.close()
    }
    expect(lines.map(line => JSON.parse(line).record).slice(-4)).toStrictEqual(['master', 'key', 'key', 'end'])
    await expectRefusal(lines.toSpliced(-2, 1), 'says 2 keys, there were 1')
    await expectRefusal(lines.toSpliced(-4, 1), 'line 5 is a key without its master key before it')
    await expectRefusal(lines.toSpliced(-4, 0, lines.at(-4) ?? ''), 'names its master key twice')
    await expectRefusal(lines.with(-2, '{"record":"key","stream":"s"}'), 'is a key this version cannot import')
    await expectRefusal(lines.slice(0, -1), 'was cut')
  })

  it('is refused where other keys are', async () => {
    const { file } = await exported()
    const { targets, keyFile } = place()
    const store = rightOf(await openSqliteKeyStore(keyFile)())
    rightOf(await store.begin('another proof')())
    await store.close()
    expect(await importLog(file, targets, () => nothing)()).toStrictEqual(
      E.left(expect.stringContaining('belongs to another master key or log')),
    )
  })
})
