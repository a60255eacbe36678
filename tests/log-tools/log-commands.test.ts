import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { notingTransaction } from '@runledger/shared-kernel/event-log/contract/noting-transaction.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { tamperWithFile } from '@runledger/shared-kernel/event-log/sqlite/tamper-with-file.fixture.ts'
import { lockDataDir } from '@runledger/standalone/data-dir/lock-data-dir.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runLogTool } from '../support/log-tool.ts'
import { tempFolder } from '../support/temp-folder.ts'

describe('npm run log, beside the process that holds the data folder', () => {
  let folder: ReturnType<typeof tempFolder>
  let dataDir: string
  let file: string
  let log: EventLog
  let release: () => void
  const inFolder = (name: string) => join(folder.path, name)
  const run = (...args: ReadonlyArray<string>) =>
    runLogTool({ DATA_DIR: dataDir, ANCHOR_KEY_FILE: inFolder('key'), ANCHOR_FILE: inFolder('anchors') }, ...args)

  beforeEach(async () => {
    folder = tempFolder()
    dataDir = inFolder('data')
    release = rightOf(lockDataDir(dataDir)).release
    file = join(dataDir, 'runledger.sqlite')
    log = rightOf(await openSqliteEventLog({ file, partitions: 1 })())
    for (const text of ['a', 'b', 'c']) rightOf(await log.transact(notingTransaction(text, [text]))())
  })
  afterEach(async () => {
    await log.close()
    release()
    folder.remove()
  })

  it('verifies, and names the first bad position of what was altered', async () => {
    expect(await run('verify')).toMatchObject({
      status: 0,
      said: '1 partition(s) are as they were written\n',
      complained: expect.stringMatching(/^verify {2}\[#+\] {2}100 % {2}3 \/ 3 commits/),
    })
    tamperWithFile(file, "UPDATE commits SET recordedAt = '2020-01-01T00:00:00.000Z' WHERE n = 2")
    expect(await run('verify', '--quiet')).toStrictEqual({
      status: 1,
      said: 'BROKEN partition 0, position 2: does not match its hash\n1 of 1 partition(s) are not as they were written\n',
      complained: '',
    })
    expect(await run('verify', '--from', '0:2')).toMatchObject({ status: 1 })
    expect(await run('verify', '--from', '0:3')).toMatchObject({ status: 0 })
    expect(await run('verify', '--to', '0:1')).toMatchObject({ status: 0 })
  })

  it('repairs a hole, once, and tells of it ever after', async () => {
    tamperWithFile(file, 'DELETE FROM commits WHERE n = 2')
    expect(await run('verify')).toMatchObject({ status: 1, said: expect.stringContaining('position 2') })
    expect(await run('repair')).toMatchObject({
      status: 0,
      said: expect.stringContaining('partition 0, position 2: was missing, is a tombstone now'),
    })
    expect(await run('repair')).toMatchObject({ status: 0, said: 'no position is missing\n' })
    expect(await run('verify')).toMatchObject({ status: 3, said: expect.stringContaining('REPAIRED partition 0, pos') })
    expect(rightOf(await log.transact(notingTransaction('d', ['d']))()).position).toStrictEqual({ p: 0, n: 4 })
  })

  it('anchors, and finds by its anchors that the end was cut off', async () => {
    expect(await run('anchor', '--new-key')).toMatchObject({ status: 0 })
    expect(statSync(inFolder('key')).mode & 0o777).toBe(0o600)
    expect(await run('anchor')).toMatchObject({ status: 0, said: expect.stringContaining('anchored') })
    expect(await run('verify', '--anchors', inFolder('anchors'))).toMatchObject({ status: 0 })
    tamperWithFile(file, 'DELETE FROM commits WHERE n = 3')
    expect(await run('verify')).toMatchObject({ status: 0 })
    const given = ['--anchors', inFolder('anchors'), '--public-key', inFolder('key.pub')]
    expect(await run('verify', ...given)).toMatchObject({
      status: 1,
      said: expect.stringContaining('BROKEN partition 0, position 3: ends before position 3'),
    })
  })

  it('exports; imports where there is no log, and nowhere else', async () => {
    expect(await run('export', inFolder('log.ndjson'))).toMatchObject({ status: 0 })
    expect(await run('import', inFolder('log.ndjson'))).toMatchObject({
      status: 1,
      complained: expect.stringContaining('is in use by'),
    })
    const elsewhere = { DATA_DIR: inFolder('elsewhere') }
    expect(await runLogTool(elsewhere, 'import', inFolder('log.ndjson'))).toMatchObject({ status: 0 })
    expect(await runLogTool(elsewhere, 'verify')).toMatchObject({ status: 0 })
    expect(await runLogTool(elsewhere, 'export', inFolder('again.ndjson'))).toMatchObject({ status: 0 })
    expect(readFileSync(inFolder('again.ndjson'))).toStrictEqual(readFileSync(inFolder('log.ndjson')))
    expect(await runLogTool(elsewhere, 'import', inFolder('log.ndjson'))).toMatchObject({
      status: 1,
      complained: expect.stringContaining('is there already'),
    })
  })

  it('says how it is used where it is misused', async () => {
    expect(await run('mend')).toMatchObject({ status: 2, complained: expect.stringContaining('verify [--from p:n]') })
    expect(await run('verify', '--from', '7:1')).toMatchObject({
      status: 2,
      complained: expect.stringContaining('7:1'),
    })
    expect(await run('verify', '--fast')).toMatchObject({ status: 2, complained: expect.stringContaining('--fast') })
    expect(await run('export')).toMatchObject({ status: 2, complained: expect.stringContaining('name one file') })
    expect(await runLogTool({ DATA_DIR: inFolder('none') }, 'verify')).toMatchObject({
      status: 1,
      complained: expect.stringContaining('there is no such file'),
    })
    expect(await runLogTool({ MONGO_URL: 'mongodb://127.0.0.1:9' }, 'verify')).toMatchObject({
      status: 1,
      complained: expect.stringContaining('ECONNREFUSED'),
    })
  })
})
