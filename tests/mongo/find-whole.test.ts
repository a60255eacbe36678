import { connectMongo } from '@runledger/shared-kernel/mongo/connect-mongo.ts'
import { findWhole } from '@runledger/shared-kernel/mongo/find-whole.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useMongo } from './use-mongo.ts'

const documents = Array.from({ length: 9 }, (_, i) => ({ _id: `d${i}`, n: i, text: `ü${i}` }))
const question = { find: 'things', filter: { n: { $gte: 2 } }, projection: { text: 0 }, sort: { n: -1 } } as const
const wanted = documents
  .slice(2)
  .toReversed()
  .map(({ _id, n }) => ({ _id, n }))

const mongo = await useMongo()
const connection = connectMongo(mongo.place())
if (typeof connection === 'string') throw new Error(connection)
const { client, db } = connection
afterAll(() => client.close())

describe('what a collection holds', () => {
  beforeAll(async () => {
    await db.collection<{ _id: string }>('things').insertMany(documents)
  })

  it('is found with one answer', async () => {
    expect(await findWhole(db, question)).toStrictEqual(wanted)
  })

  it('is found where one answer does not hold it', async () => {
    expect(await findWhole(db, question, 3)).toStrictEqual(wanted)
  })

  it('is no more than was asked for', async () => {
    expect(await findWhole(db, { ...question, limit: 4 })).toStrictEqual(wanted.slice(0, 4))
    expect(await findWhole(db, { ...question, limit: 4 }, 3)).toStrictEqual(wanted.slice(0, 4))
  })

  it('is nothing where there is no such collection', async () => {
    expect(await findWhole(db, { find: 'others', filter: {} })).toStrictEqual([])
  })
})
