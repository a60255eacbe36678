import { createSecretKey, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rightOf } from '../event-log/contract/right-of.ts'
import { inMemoryKeyStore } from './in-memory/in-memory-key-store.ts'
import { keyLifetimeMs, openKeyring } from './keyring.ts'
import { seal } from './seal-bytes.ts'
import { wrapKeys, wrappingKeyOf } from './wrap-keys.ts'

const master = createSecretKey(randomBytes(32))
const logId = 'a log'
const owner = { stream: 'submission-a', tenant: 'acme', isNew: false }
const context = `data key of ${owner.stream}`

const opened = async (store = inMemoryKeyStore()) => rightOf(await openKeyring({ store, master, logId })())

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'Date'] }))
afterEach(() => void vi.useRealTimers())

describe('given a master key', () => {
  it('opens the keys it was begun with', async () => {
    const store = inMemoryKeyStore()
    const made = rightOf(await (await opened(store)).ensure(owner)())
    const again = rightOf(await (await opened(store)).keyOf(owner.stream)())
    expect(again).toStrictEqual(made)
  })

  it('stores none of them in plain', async () => {
    const store = inMemoryKeyStore()
    const made = rightOf(await (await opened(store)).ensure(owner)())
    const stored = rightOf(await store.find(owner.stream)())
    expect(stored?.wrapped).not.toContain(made.toString('base64'))
  })

  it('is refused, by name, where it is another or the log is', async () => {
    const store = inMemoryKeyStore()
    await opened(store)
    const refusal = { left: { isPassing: false, message: expect.stringMatching(/MASTER_KEY does not fit/) } }
    const other = createSecretKey(randomBytes(32))
    expect(await openKeyring({ store, master: other, logId })()).toMatchObject(refusal)
    expect(await openKeyring({ store, master, logId: 'another log' })()).toMatchObject(refusal)
  })

  it('opens a key that an earlier release made ahead, and sealed', async () => {
    const [store, bytes] = [inMemoryKeyStore(), randomBytes(32)]
    const wrapped = seal(master, context, bytes)
    const { stream, tenant } = owner
    rightOf(await store.add({ stream, tenant, createdAt: new Date().toISOString(), wrapped })())
    const found = rightOf(await (await opened(store)).keyOf(stream)())
    expect(found).toStrictEqual(bytes)
  })

  it.each([
    ['with others', (key: Buffer) => wrapKeys(wrappingKeyOf(master), [{ key, context }])[0]?.wrapped ?? ''],
    ['alone', (key: Buffer) => seal(master, context, key)],
  ])('keeps no more memory than the bytes of a key that was made %s', async (_, wrap) => {
    const store = inMemoryKeyStore()
    const { stream, tenant } = owner
    rightOf(await store.add({ stream, tenant, createdAt: new Date().toISOString(), wrapped: wrap(randomBytes(32)) })())
    const found = rightOf(await (await opened(store)).keyOf(stream)())
    expect(found?.buffer.byteLength).toBe(32)
  })

  it('does not take a key that was wrapped for another stream', async () => {
    const store = inMemoryKeyStore()
    rightOf(await (await opened(store)).ensure(owner)())
    const stored = rightOf(await store.find(owner.stream)())
    if (stored !== null) rightOf(await store.add({ ...stored, stream: 'submission-b' })())
    expect(await (await opened(store)).keyOf('submission-b')()).toMatchObject({ left: { _tag: 'KeyStoreFault' } })
  })
})

describe('given rivals for one stream', () => {
  it('gives all of them the same key', async () => {
    const store = inMemoryKeyStore()
    const rings = await Promise.all([opened(store), opened(store), opened(store)])
    const keys = await Promise.all(rings.map(async ring => rightOf(await ring.ensure({ ...owner, isNew: true })())))
    expect(keys).toStrictEqual([keys[0], keys[0], keys[0]])
  })
})

describe('given a key that is destroyed', () => {
  it('is gone at once where it was destroyed', async () => {
    const ring = await opened()
    rightOf(await ring.ensure(owner)())
    expect(rightOf(await ring.destroy([owner.stream])())).toBe(1)
    expect(rightOf(await ring.keyOf(owner.stream)())).toBeNull()
  })

  it('is gone elsewhere within the lifetime of an opened key', async () => {
    const store = inMemoryKeyStore()
    const [here, elsewhere] = [await opened(store), await opened(store)]
    rightOf(await here.ensure(owner)())
    rightOf(await elsewhere.keyOf(owner.stream)())
    rightOf(await here.destroy([owner.stream])())
    vi.advanceTimersByTime(keyLifetimeMs)
    expect(rightOf(await elsewhere.keyOf(owner.stream)())).toBeNull()
  })
})

describe('a fingerprint', () => {
  it('is the same for the same text in every process of an installation, and another in another', async () => {
    const store = inMemoryKeyStore()
    const [one, other, stranger] = [await opened(store), await opened(store), await opened()]
    expect(one.fingerprint('body')).toBe(other.fingerprint('body'))
    expect(one.fingerprint('body')).not.toBe(one.fingerprint('Body'))
    expect(one.fingerprint('body')).not.toBe(stranger.fingerprint('body'))
  })
})
