import { notingTransaction } from '@runledger/shared-kernel/event-log/contract/noting-transaction.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import * as E from 'fp-ts/lib/Either.js'
import { type Db, MongoClient } from 'mongodb'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()
const client = new MongoClient(mongo.url)
afterAll(() => client.close())

const unfit = (why: RegExp) => E.left({ _tag: 'EventLogUnusable', kind: 'unfit', message: expect.stringMatching(why) })

describe('opening a log in MongoDB', () => {
  let database: string
  let db: Db
  beforeEach(() => {
    database = mongo.next()
    db = client.db(database)
  })

  const open = (partitions?: number) =>
    openMongoEventLog({ url: mongo.url, database, ...(partitions === undefined ? {} : { partitions }) })()

  const begin = async (partitions?: number): Promise<void> => {
    await rightOf(await open(partitions)).close()
  }

  it('begins one log, however many processes open it at once', async () => {
    const logs = (await Promise.all(Array.from({ length: 6 }, () => open()))).map(rightOf)
    expect(new Set(logs.map(({ logId }) => logId)).size).toBe(1)
    expect(logs[0]?.partitions).toBe(64)
    await Promise.all(logs.map(log => log.close()))
  })

  it('keeps its identity and its partitions', async () => {
    await begin(8)
    const first = rightOf(await open())
    const second = rightOf(await open(8))
    expect(second.logId).toBe(first.logId)
    expect([first.partitions, second.partitions]).toStrictEqual([8, 8])
    await Promise.all([first.close(), second.close()])
  })

  it('refuses another number of partitions, and names the right one', async () => {
    await begin(8)
    expect(await open(16)).toStrictEqual(unfit(/has 8 partitions for ever, 16 were asked for; configure 8/))
  })

  it.each(['commits_by_position', 'commits_by_stream'])('refuses to work without the index %s', async index => {
    await begin()
    await db.collection('commits').dropIndex(index)
    expect(await open()).toStrictEqual(
      unfit(new RegExp(`${index} is missing; .*db\\.commits\\.createIndex\\(.*${index}`)),
    )
  })

  it('refuses an index that is there under the right name and is not unique', async () => {
    await begin()
    await db.collection('commits').dropIndex('commits_by_position')
    await db.collection('commits').createIndex({ p: 1, n: 1 }, { name: 'commits_by_position' })
    expect(await open()).toStrictEqual(unfit(/commits_by_position is missing/))
  })

  it('refuses a unique index that appends would fail on', async () => {
    await begin()
    await db.collection('commits').createIndex({ s: 1 }, { unique: true, name: 'one_per_stream' })
    expect(await open()).toStrictEqual(unfit(/one_per_stream is unique on .*; drop it/))
  })

  it('refuses events of a schema this version does not know, and opens while it knows all', async () => {
    const log = rightOf(await open())
    rightOf(await log.transact(notingTransaction('s', ['a']))())
    await log.close()
    await rightOf(await open()).close()
    await db
      .collection<{ _id: string; written: string[] }>('genesis')
      .updateOne({ _id: 'schemas' }, { $addToSet: { written: 'OutputChunk@9' } })
    expect(await open()).toStrictEqual(unfit(/cannot read \(OutputChunk@9\); run a newer version/))
  })

  it('refuses commits whose genesis is gone', async () => {
    const log = rightOf(await open())
    rightOf(await log.transact(notingTransaction('s', ['a']))())
    await log.close()
    await db.collection('genesis').drop()
    expect(await open()).toStrictEqual(unfit(/holds commits and no genesis; restore/))
  })

  it.each([
    [{ format: 2 }, /has format 2, this version reads 1/],
    [{ partitionHash: 'md5' }, /placed by md5, this version knows sha256-48/],
    [{ logId: 7 }, /its genesis is unreadable/],
  ])('refuses a genesis with %j', async (change, why) => {
    await begin()
    await db.collection('genesis').updateOne({}, { $set: change })
    expect(await open()).toStrictEqual(unfit(why))
  })

  it('names a damaged commit instead of guessing at it', async () => {
    const log = rightOf(await open(1))
    rightOf(await log.transact(notingTransaction('s', ['a']))())
    await db.collection('commits').updateOne({}, { $set: { k: 'two' } })
    expect(await log.readStream('s', 1)()).toMatchObject(E.left({ kind: 'corrupt' }))
    expect(await log.transact(notingTransaction('s', ['b']))()).toMatchObject(E.left({ kind: 'corrupt' }))
    await log.close()
  })

  it.each(['localhost', 'redis://127.0.0.1', 'mongodb://u:hidden@h:1/?no-such-option=1'])(
    'says that %s is no URL of a MongoDB, and keeps the password to itself',
    async url => {
      const answer = await openMongoEventLog({ url })()
      expect(answer).toStrictEqual(unfit(/MONGO_URL was not opened: it is no connection string/))
      expect(JSON.stringify(answer)).not.toContain('hidden')
    },
  )

  it('says within seconds that nobody answers, and that this may pass', async () => {
    const answer = await openMongoEventLog({ url: 'mongodb://u:hidden@127.0.0.1:9/runledger' })()
    const message = expect.stringMatching(/the event log at 127\.0\.0\.1:9\/runledger was not opened: .*ECONNREFUSED/)
    expect(answer).toStrictEqual(E.left({ _tag: 'EventLogUnusable', kind: 'unreachable', message }))
  })
})
