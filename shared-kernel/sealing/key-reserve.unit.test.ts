import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rightOf } from '../event-log/contract/right-of.ts'
import { inMemoryKeyStore } from './in-memory/in-memory-key-store.ts'
import { reservedForMs } from './key-reserve.ts'
import type { KeyStore } from './key-store.ts'
import { type Keyring, openKeyring } from './keyring.ts'

const master = createSecretKey(randomBytes(32))
const endOfTime = '9999-12-31T23:59:59.999Z'

const given = async (differences: Partial<KeyStore> = {}) => {
  const store: KeyStore = { ...inMemoryKeyStore(), ...differences }
  const keyring = rightOf(await openKeyring({ store, master, logId: 'a log' })())
  const names: Array<string> = []
  const newStream = (): string => {
    const name = `submission-${randomUUID()}`
    names.push(name)
    return name
  }
  const take = (tenant = 'acme') => keyring.reserved(tenant, newStream)
  const keys = async () => rightOf(await store.olderThan(endOfTime, null, 10_000)())
  const streams = async () => (await keys()).map(({ stream }) => stream)
  const unsettled = async () => rightOf(await store.unsettled(endOfTime, 100)())
  return { store, keyring, names, take, keys, streams, unsettled }
}

type Given = Awaited<ReturnType<typeof given>>

/** Takes until one is ready. */
const taken = async ({ take }: Given, tenant?: string): Promise<string> => {
  for (;;) {
    const stream = take(tenant)
    if (stream !== null) return stream
    await Promise.resolve()
  }
}

const ensured = (keyring: Keyring, stream: string) => keyring.ensure({ stream, tenant: 'acme', isNew: true })()

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('given submissions that are to be expected', () => {
  it('has none ready at first, then one whose key is stored and at hand', async () => {
    const it = await given()
    expect(it.take()).toBeNull()
    const stream = await taken(it)
    expect(await it.keys()).toContainEqual(expect.objectContaining({ stream, tenant: 'acme' }))
    const atHand = it.keyring.atHand(stream)
    expect(atHand).toHaveLength(32)
    const elsewhere = rightOf(await openKeyring({ store: it.store, master, logId: 'a log' })())
    expect(rightOf(await elsewhere.keyOf(stream)())).toStrictEqual(atHand)
  })

  it('does not open one as the key of another stream', async () => {
    const it = await given()
    const [one, other] = [await taken(it), await taken(it)]
    const lent = (await it.keys()).find(({ stream }) => stream === one)
    rightOf(await it.store.remove([other])())
    if (lent !== undefined) rightOf(await it.store.add({ ...lent, stream: other })())
    const elsewhere = rightOf(await openKeyring({ store: it.store, master, logId: 'a log' })())
    expect(await elsewhere.keyOf(other)()).toMatchObject({ left: { _tag: 'KeyStoreFault' } })
  })

  it('gives each once, those made together in the order of their names', async () => {
    const store = inMemoryKeyStore()
    const batches: Array<ReadonlyArray<string>> = []
    const reserve: KeyStore['reserve'] = (made, keys) => {
      batches.push(made.streams)
      return store.reserve(made, keys)
    }
    const it = await given({ ...store, reserve })
    const streams: Array<string> = []
    while (streams.length < 500) streams.push(await taken(it))
    expect(new Set(streams).size).toBe(500)
    expect(it.names).toStrictEqual(expect.arrayContaining(streams))
    expect(streams).toStrictEqual(batches.flatMap(batch => batch.toSorted()).slice(0, 500))
  })

  it('keeps the key that is stored where it is asked for late', async () => {
    const it = await given()
    const stream = await taken(it)
    const early = it.keyring.atHand(stream)
    vi.advanceTimersByTime(10_000)
    expect(it.keyring.atHand(stream)).toBeNull()
    expect(rightOf(await ensured(it.keyring, stream))).toStrictEqual(early)
  })

  it('makes them for each tenant', async () => {
    const it = await given()
    const [one, other] = [await taken(it, 'one'), await taken(it, 'other')]
    const tenants = new Map((await it.keys()).map(({ stream, tenant }) => [stream, tenant]))
    expect([tenants.get(one), tenants.get(other)]).toStrictEqual(['one', 'other'])
  })

  it('makes more at once the more are taken', async () => {
    const [busy, quiet] = [await given(), await given()]
    for (let i = 0; i < 100; i++) await taken(busy)
    for (let i = 0; i < 10; i++) await taken(quiet)
    expect(Math.max(...(await busy.unsettled()).map(({ streams }) => streams.length))).toBeGreaterThan(100)
    expect(quiet.names.length).toBeLessThan(100)
  })

  it('makes enough at once for as many as came while none was ready', async () => {
    const it = await given()
    for (let i = 0; i < 100; i++) expect(it.take()).toBeNull()
    await expect.poll(async () => (await it.keys()).length).toBeGreaterThan(200)
    for (let i = 0; i < 100; i++) expect(it.take()).not.toBeNull()
  })

  it('lets no key be older than its submission', async () => {
    const it = await given()
    await taken(it)
    vi.advanceTimersByTime(reservedForMs - 1)
    const stream = await taken(it)
    const key = (await it.keys()).find(each => each.stream === stream)
    expect(Date.parse(key?.createdAt ?? '')).toBeGreaterThanOrEqual(Date.now())
  })
})

describe('given keys that nobody takes', () => {
  it('deletes them after a while, but not those that were taken', async () => {
    const it = await given()
    const stream = await taken(it)
    expect((await it.streams()).length).toBeGreaterThan(1)
    vi.advanceTimersByTime(reservedForMs)
    await expect.poll(it.unsettled).toStrictEqual([])
    expect(await it.streams()).toStrictEqual([stream])
  })

  it('deletes them when it is closed, and makes no more', async () => {
    const it = await given()
    const stream = await taken(it)
    await it.keyring.close()
    expect(await it.streams()).toStrictEqual([stream])
    expect(await it.unsettled()).toStrictEqual([])
    expect(it.take()).toBeNull()
    await it.keyring.close()
    expect(await it.streams()).toStrictEqual([stream])
  })

  it('deletes also what was being made when it was closed', async () => {
    const it = await given()
    it.take()
    await it.keyring.close()
    expect(it.names.length).toBeGreaterThan(0)
    expect(await it.streams()).toStrictEqual([])
  })

  it('says which they were until they are deleted', async () => {
    const it = await given({ remove: () => TE.left({ _tag: 'KeyStoreFault', message: 'not now' }) })
    await taken(it)
    await it.keyring.close()
    expect((await it.unsettled()).flatMap(({ streams }) => streams).toSorted()).toStrictEqual(
      (await it.streams()).toSorted(),
    )
  })
})

describe('given a store that takes no keys', () => {
  it('has none ready, and has again when the store does', async () => {
    const working = inMemoryKeyStore()
    let isOut = true
    const reserve: KeyStore['reserve'] = (made, keys) =>
      isOut ? TE.left({ _tag: 'KeyStoreFault', message: 'not now' }) : working.reserve(made, keys)
    const it = await given({ ...working, reserve })
    for (let i = 0; i < 20; i++) {
      expect(it.take()).toBeNull()
      await new Promise(setImmediate)
    }
    isOut = false
    expect(await taken(it)).toMatch(/^submission-/)
  })
})
