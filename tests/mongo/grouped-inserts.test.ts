import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { commitCollection } from '@runledger/shared-kernel/event-log/mongo/commit-collection.ts'
import { createIndexes } from '@runledger/shared-kernel/event-log/mongo/indexes.ts'
import { insertCommit } from '@runledger/shared-kernel/event-log/mongo/insert-commit.ts'
import { MongoClient } from 'mongodb'
import { afterAll, expect, it } from 'vitest'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()
const client = new MongoClient(mongo.url)
afterAll(() => client.close())

const commit = (_id: string, p: number): StoredCommit => ({
  ...{ _id, p, n: 1, s: `stream-${p}`, v: 1, k: 1, events: '[]', meta: '{}' },
  ...{ recordedAt: '2026-01-01T00:00:00.000Z', prev: '', hash: '' },
})

it('inserts that go together are refused one by one', async () => {
  const db = client.db(mongo.next())
  await createIndexes(db.collection('commits'))
  const commits = commitCollection(db, 'log')
  expect(await insertCommit(commits, commit('id-0', 0))).toBeNull()
  const others = Array.from({ length: 5 }, (_, index) => commit(`id-${index + 1}`, index + 1))
  const wanted = [...others, commit('id-0', 7), commit('another', 0)]
  const answers = await Promise.all(wanted.map(each => insertCommit(commits, each)))
  expect(answers).toStrictEqual([null, null, null, null, null, 'overtaken', 'overtaken'])
  expect(await db.collection('commits').countDocuments()).toBe(6)
})
