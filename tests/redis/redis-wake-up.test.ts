import { randomUUID } from 'node:crypto'
import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { openRedisWakeUp } from '@runledger/shared-kernel/wake-up/redis/open-redis-wake-up.ts'
import { wakeUpContract } from '@runledger/shared-kernel/wake-up/wake-up.contract.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type RedisServer, startOwnRedis } from '../support/redis-server.ts'

const logger = createLogger('silent')

let redis: RedisServer
let client: Redis
beforeAll(async () => {
  redis = await startOwnRedis()
  client = new Redis(redis.url, { maxRetriesPerRequest: null })
  client.on('error', () => undefined)
})
afterAll(async () => {
  client.disconnect()
  await redis.close()
})

const channelOf = (logId: string): string => `runledger:${logId}:grown`

const hasListeners = (logId: string, count: number): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(await client.call('PUBSUB', 'NUMSUB', channelOf(logId))).toStrictEqual([channelOf(logId), count]),
    { timeout: 10_000 },
  )

const openFor = (logId: string, onDefect: (defect: unknown) => void): WakeUp =>
  openRedisWakeUp({ url: redis.url, logId, logger, onDefect })

const unexpected = (defect: unknown): void => {
  throw defect
}

const heardBy = (wakeUp: WakeUp): ReadonlyArray<Position> => {
  const heard: Array<Position> = []
  wakeUp.subscribe(position => void heard.push(position))
  return heard
}

/** Announces until it is heard: a hint may be lost while connections come up. */
const untilHeard = (announcer: WakeUp, heard: ReadonlyArray<Position>, position: Position): Promise<void> =>
  vi.waitFor(
    () => {
      announcer.announce(position)
      expect(heard).toContainEqual(position)
    },
    { timeout: 10_000 },
  )

const ready = async (announcer: WakeUp, logId: string): Promise<void> => {
  const probe = openFor(logId, unexpected)
  await untilHeard(announcer, heardBy(probe), { p: 63, n: 1 })
  await probe.close()
  await hasListeners(logId, 0)
}

wakeUpContract('the Redis', async () => {
  const logId = randomUUID()
  const defects: Array<unknown> = []
  const wakeUp = openFor(logId, defect => void defects.push(defect))
  return { wakeUp, announcer: wakeUp, defects, settled: () => hasListeners(logId, 1) }
})

wakeUpContract('another process over the Redis', async () => {
  const logId = randomUUID()
  const defects: Array<unknown> = []
  const wakeUp = openFor(logId, defect => void defects.push(defect))
  const announcer = openFor(logId, unexpected)
  await ready(announcer, logId)
  return { wakeUp, announcer, defects, settled: () => hasListeners(logId, 1) }
})

describe('given two logs on one Redis', () => {
  it('wakes only those who follow the log that has grown', async () => {
    const [ours, theirs] = [randomUUID(), randomUUID()]
    const [announcer, listener, stranger] = [ours, ours, theirs].map(logId => openFor(logId, unexpected))
    if (announcer === undefined || listener === undefined || stranger === undefined) throw new Error('none opened')
    const [heard, heardByStranger] = [heardBy(listener), heardBy(stranger)]
    await hasListeners(theirs, 1)
    await untilHeard(announcer, heard, { p: 1, n: 2 })
    const last = { p: 9, n: 9 }
    await untilHeard(openFor(theirs, unexpected), heardByStranger, last)
    expect(new Set(heardByStranger.map(({ p }) => p))).toStrictEqual(new Set([last.p]))
    await Promise.all([announcer, listener, stranger].map(wakeUp => wakeUp.close()))
  })
})

describe('given many appends in one turn', () => {
  it('sends one message, with the last position of each partition', async () => {
    const logId = randomUUID()
    const announcer = openFor(logId, unexpected)
    await ready(announcer, logId)
    const messages: Array<unknown> = []
    const spy = client.duplicate()
    await spy.subscribe(channelOf(logId))
    spy.on('message', (_channel, text) => messages.push(JSON.parse(text).positions))
    for (let n = 1; n <= 100; n += 1) announcer.announce({ p: n % 2, n })
    await vi.waitFor(() => expect(messages.length).toBeGreaterThan(0))
    expect(messages).toStrictEqual([
      [
        { p: 1, n: 99 },
        { p: 0, n: 100 },
      ],
    ])
    spy.disconnect()
    await announcer.close()
  })
})

describe('given a message that is none', () => {
  it.each(['', '{', 'null', '{"from":"x","positions":[{"p":-1,"n":0}]}', '{"positions":[]}'])(
    'passes over %j and hears the next',
    async text => {
      const logId = randomUUID()
      const [listener, announcer] = [openFor(logId, unexpected), openFor(logId, unexpected)]
      const heard = heardBy(listener)
      await hasListeners(logId, 1)
      await client.publish(channelOf(logId), text)
      await untilHeard(announcer, heard, { p: 1, n: 1 })
      expect(new Set(heard.map(({ p, n }) => `${p}/${n}`))).toStrictEqual(new Set(['1/1']))
      await Promise.all([listener.close(), announcer.close()])
    },
  )
})

describe('given a Redis that dies and comes back', () => {
  it('goes on without others meanwhile and hears them again by itself', async () => {
    const logId = randomUUID()
    const [listener, announcer] = [openFor(logId, unexpected), openFor(logId, unexpected)]
    const [heard, heardAtHome] = [heardBy(listener), heardBy(announcer)]
    await untilHeard(announcer, heard, { p: 1, n: 1 })
    await redis.stop('SIGKILL')
    announcer.announce({ p: 2, n: 2 })
    expect(heardAtHome).toContainEqual({ p: 2, n: 2 })
    await redis.restart()
    await untilHeard(announcer, heard, { p: 3, n: 3 })
    await Promise.all([listener.close(), announcer.close()])
  })

  it('opens, announces and closes while it is away', async () => {
    await redis.stop('SIGKILL')
    const wakeUp = openFor(randomUUID(), unexpected)
    const heard = heardBy(wakeUp)
    wakeUp.announce({ p: 1, n: 1 })
    expect(heard).toStrictEqual([{ p: 1, n: 1 }])
    await wakeUp.close()
    wakeUp.announce({ p: 1, n: 2 })
    expect(heard).toHaveLength(1)
    await redis.restart()
  })
})
