import { randomUUID } from 'node:crypto'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { aLog, aProcess } from './test-support/a-process.ts'
import { echo, endless, fakeSandbox, succeeded } from './test-support/fake-sandbox.ts'
import { type Death, mortal } from './test-support/mortal-log.ts'
import {
  dataOf,
  receive,
  startElsewhere,
  terminalTypesOf,
  typesOf,
  untilEnded,
  untilSeen,
} from './test-support/submissions.ts'

const aDeath = fc.record({ append: fc.integer({ min: 1, max: 8 }), landed: fc.boolean() })

describe('given processes that are killed at any append', () => {
  it('ends every submission with exactly one terminal event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aDeath, { maxLength: 4 }), fc.integer({ min: 1, max: 4 }), async (deaths, count) => {
        const log = aLog()
        const store = openInMemoryReadModelStore()
        const ids = await Promise.all(Array.from({ length: count }, () => receive(log)))
        const ended = Promise.all(ids.map(id => untilEnded(log, id)))
        for (const death of deaths) await liveAndDie(log, store, death, ended)
        await aProcess(fakeSandbox(echo).sandbox, { log, store, maxAttempts: 10 }).service.start()
        await ended
        for (const id of ids) {
          expect(await terminalTypesOf(log, id)).toStrictEqual(['ExecutionCompleted'])
          expect((await typesOf(log, id)).at(-1)).toBe('ExecutionCompleted')
        }
      }),
      { numRuns: 20 },
    )
  }, 60_000)
})

const liveAndDie = async (
  log: ReturnType<typeof aLog>,
  store: ReturnType<typeof openInMemoryReadModelStore>,
  death: Death,
  ended: Promise<unknown>,
): Promise<void> => {
  const life = mortal(log, store, death)
  const { service } = aProcess(fakeSandbox(echo).sandbox, { log: life.log, store: life.store, maxAttempts: 10 })
  await service.start()
  await Promise.race([life.died, ended])
  await service.stop(0)
}

describe('given an attempt of a dead incarnation', () => {
  it('is given up at the start and followed by another, though the index of open submissions was lost', async () => {
    const log = aLog()
    const id = await receive(log)
    await startElsewhere(log, id, 'dead')
    const { service } = aProcess(fakeSandbox(echo).sandbox, { log })
    await service.start()
    await untilEnded(log, id)
    expect(await typesOf(log, id)).toStrictEqual([
      'SubmissionReceived',
      'ExecutionStarted',
      'ExecutionAbandoned',
      'ExecutionStarted',
      'OutputChunk',
      'ExecutionCompleted',
    ])
  })

  it('fails the submission when every attempt ends so', async () => {
    const log = aLog()
    const id = await receive(log)
    await startElsewhere(log, id, 'dead-1')
    const { service } = aProcess(fakeSandbox(echo).sandbox, { log, maxAttempts: 1 })
    await service.start()
    await untilEnded(log, id)
    expect(await terminalTypesOf(log, id)).toStrictEqual(['ExecutionFailed'])
  })
})

describe('given a service that is told to stop', () => {
  it('lets what runs finish within the grace', async () => {
    const released = Promise.withResolvers<void>()
    const { sandbox } = fakeSandbox(async () => {
      await released.promise
      return E.right(succeeded())
    })
    const { service, log } = aProcess(sandbox)
    await service.start()
    const id = await receive(log)
    await untilSeen(log, id, 'ExecutionStarted')
    const stopped = service.stop(10_000)
    released.resolve()
    await stopped
    expect(await terminalTypesOf(log, id)).toStrictEqual(['ExecutionCompleted'])
  })

  it('abandons what outlasts the grace, at no cost to the attempt budget', async () => {
    const log = aLog()
    const id = await receive(log)
    for (let restart = 0; restart < 3; restart += 1) {
      const { service } = aProcess(fakeSandbox(endless).sandbox, { log, maxAttempts: 1 })
      await service.start()
      await untilSeenTimes(log, id, restart + 1)
      await service.stop(0)
    }
    expect((await dataOf(log, id, 'ExecutionAbandoned')).map(({ why }) => why)).toStrictEqual(Array(3).fill('shutdown'))
    const { service } = aProcess(fakeSandbox(echo).sandbox, { log, maxAttempts: 1 })
    await service.start()
    await untilEnded(log, id)
    expect(await dataOf(log, id, 'ExecutionCompleted')).toMatchObject([{ attempt: 4 }])
  })

  it('leaves what waits to the next process', async () => {
    const log = aLog()
    const first = aProcess(fakeSandbox(endless).sandbox, { log, concurrency: 1 })
    await first.service.start()
    const ids = [await receive(log), await receive(log), await receive(log)]
    await Promise.race(ids.map(id => untilSeen(log, id, 'ExecutionStarted')))
    await first.service.stop(0)
    const second = aProcess(fakeSandbox(echo).sandbox, { log, worker: { id: 'w', incarnation: randomUUID() } })
    await second.service.start()
    for (const id of ids) await untilEnded(log, id)
  })
})

const untilSeenTimes = (log: ReturnType<typeof aLog>, id: Parameters<typeof dataOf>[1], times: number) =>
  expect.poll(() => dataOf(log, id, 'ExecutionStarted'), { timeout: 10_000, interval: 2 }).toHaveLength(times)
