import { notingTransaction } from '@runledger/shared-kernel/event-log/contract/noting-transaction.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it } from 'vitest'
import { startOwnMongo } from '../support/mongo-server.ts'
import { appendUntilAnswered } from './append-until-answered.ts'
import { expectWholeLog } from './expect-whole-log.ts'

const server = await startOwnMongo()
afterAll(() => server.remove())

const boundMs = 6000

describe('given a MongoDB that is gone for a while', () => {
  it('answers every append soon that nothing was reached, and appends again when it is back', async () => {
    const log = rightOf(await openMongoEventLog({ url: server.url, partitions: 2 })())
    const before = await appendUntilAnswered(log, 's')
    await server.stop('SIGKILL')
    const began = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => log.transact(notingTransaction(`s-${i}`, ['a']))()),
    )
    expect(performance.now() - began).toBeLessThan(boundMs)
    for (const answer of answers) expect(answer).toMatchObject(E.left({ _tag: 'EventLogFault', kind: 'unreachable' }))
    expect(await log.tails()()).toMatchObject(E.left({ kind: 'unreachable' }))
    await server.restart()
    const after = await appendUntilAnswered(log, 's')
    expect(await expectWholeLog(log, [before.acknowledged, after.acknowledged])).toBe(2)
    await log.close()
  })

  it('answers the same of the read models', async () => {
    const store = rightOf(await openMongoReadModelStore({ url: server.url })())
    rightOf(await store.ensure({ name: 'things', indexes: [] })())
    await server.stop('SIGKILL')
    expect(await store.get('things', 'a')()).toMatchObject(E.left({ kind: 'unreachable' }))
    expect(await store.apply([], [{ projection: 'p', partition: 0, n: 1 }])()).toMatchObject(
      E.left({ kind: 'unreachable' }),
    )
    await server.restart()
    expect(await store.apply([], [{ projection: 'p', partition: 0, n: 1 }])()).toStrictEqual(E.right({ deposed: [] }))
    expect(await store.checkpoints('p')()).toStrictEqual(E.right(new Map([[0, 1]])))
    await store.close()
  })
})
