import { join } from 'node:path'
import { notingTransaction } from '@runledger/shared-kernel/event-log/contract/noting-transaction.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { type Collection, MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runLogTool } from '../support/log-tool.ts'
import { startMongo } from '../support/mongo-server.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { scratchDatabases } from './scratch-databases.ts'

const server = await startMongo()
const databases = scratchDatabases(server.url)
const client = new MongoClient(server.url)
const folder = tempFolder()
afterAll(async () => {
  await databases.drop()
  await client.close()
  await server.remove()
  folder.remove()
})

describe('npm run log, beside services on MongoDB', () => {
  let database: string
  let log: EventLog
  let commits: Collection
  const urlOf = (name: string) => `${server.url.replace(/\/$/, '')}/${name}`
  const run = (...args: ReadonlyArray<string>) => runLogTool({ MONGO_URL: urlOf(database) }, ...args)

  beforeEach(async () => {
    database = databases.next()
    log = rightOf(await openMongoEventLog({ url: server.url, database, partitions: 1 })())
    commits = client.db(database).collection('commits')
    for (const text of ['a', 'b', 'c']) rightOf(await log.transact(notingTransaction(text, [text]))())
  })
  afterEach(() => log.close())

  it('names a commit of which nothing can be read, and one that is in no partition', async () => {
    await commits.updateOne({ n: 2 }, { $set: { k: 'two' } })
    await commits.updateOne({ n: 3 }, { $set: { p: 'none' } })
    const { status, said } = await run('verify', '--quiet')
    expect(status).toBe(1)
    expect(said.split('\n').slice(0, 2)).toStrictEqual([
      expect.stringContaining('BROKEN partition 0, position 2: cannot be read'),
      expect.stringContaining('BROKEN partition none, position 3'),
    ])
  })

  it('repairs a hole, and moves the log to a data folder and on to another database', async () => {
    await commits.deleteOne({ n: 2 })
    expect(await run('repair', '--quiet')).toMatchObject({ status: 0, said: expect.stringContaining('position 2') })
    expect(await run('export', join(folder.path, 'log'), '--quiet')).toMatchObject({ status: 0 })

    const dataDir = { DATA_DIR: join(folder.path, 'data') }
    expect(await runLogTool(dataDir, 'import', join(folder.path, 'log'))).toMatchObject({ status: 0 })
    expect(await runLogTool(dataDir, 'verify')).toMatchObject({ status: 3, said: expect.stringContaining('REPAIRED') })
    expect(await runLogTool(dataDir, 'export', join(folder.path, 'again'))).toMatchObject({ status: 0 })

    const other = databases.next()
    const elsewhere = { MONGO_URL: urlOf(other) }
    expect(await runLogTool(elsewhere, 'import', join(folder.path, 'again'))).toMatchObject({ status: 0 })
    const moved = rightOf(await openMongoEventLog({ url: server.url, database: other })())
    expect(moved.logId).toBe(log.logId)
    expect(rightOf(await moved.transact(notingTransaction('c', ['more']))()).position).toStrictEqual({ p: 0, n: 4 })
    await moved.close()
  })

  it('keeps services out of a database while a log is imported into it', async () => {
    const other = databases.next()
    await client.db(other).collection<{ _id: string }>('genesis').insertOne({ _id: 'import' })
    expect(await openMongoEventLog({ url: server.url, database: other })()).toMatchObject({
      left: { kind: 'unfit', message: expect.stringContaining('an import into it is under way or was cut') },
    })
    expect(await run('export', join(folder.path, 'third'), '--quiet')).toMatchObject({ status: 0 })
    expect(await runLogTool({ MONGO_URL: urlOf(other) }, 'import', join(folder.path, 'third'))).toMatchObject({
      status: 1,
      complained: expect.stringContaining('under way or was cut'),
    })
  })

  it('takes out what an import has left that was killed, where it is told to, and imports', async () => {
    const other = databases.next()
    const elsewhere = { MONGO_URL: urlOf(other) }
    const file = join(folder.path, 'whole')
    expect(await run('export', file, '--quiet')).toMatchObject({ status: 0 })
    await client.db(other).collection<{ _id: string }>('genesis').insertOne({ _id: 'import' })
    const half = { _id: 'of the import that was killed', p: 0, n: 1 }
    await client.db(other).collection<{ _id: string }>('commits').insertOne(half)
    expect(await runLogTool(elsewhere, 'import', file)).toMatchObject({
      status: 1,
      complained: expect.stringContaining('import once more with --restart'),
    })
    expect(await runLogTool(elsewhere, 'import', file, '--restart')).toMatchObject({ status: 0 })
    expect(await runLogTool(elsewhere, 'verify')).toMatchObject({ status: 0 })
    expect(await runLogTool(elsewhere, 'import', file, '--restart')).toMatchObject({
      status: 1,
      complained: expect.stringContaining('holds a log already'),
    })
  })
})
