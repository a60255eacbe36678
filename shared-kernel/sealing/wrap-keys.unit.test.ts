import { createCipheriv, createSecretKey, hash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWrapped, keyBytes, unwrapKey, wrapKeys, wrappingKeyOf } from './wrap-keys.ts'

const wrappingKey = wrappingKeyOf(createSecretKey(randomBytes(keyBytes)))

const keysNamed = (contexts: ReadonlyArray<string>) =>
  contexts.map(context => ({ key: randomBytes(keyBytes), context }))

const bytesOf = (wrapped: string): Buffer => Buffer.from(wrapped.replace('kw:', ''), 'base64')

/** What OpenSSL makes of one key alone. */
const wrappedAlone = (key: Uint8Array, context: string): Buffer => {
  const initial = Buffer.from(hash('sha256', context, 'hex'), 'hex').subarray(0, 8)
  const cipher = createCipheriv('id-aes256-wrap', wrappingKey, initial)
  return Buffer.concat([cipher.update(key), cipher.final()])
}

describe('given keys that are wrapped together', () => {
  it('makes of each what the standard makes of it alone', () => {
    const keys = keysNamed(Array.from({ length: 100 }, (_, i) => `key ${i}`))
    const wrapped = wrapKeys(wrappingKey, keys)
    expect(wrapped.map(each => bytesOf(each.wrapped))).toStrictEqual(
      keys.map(({ key, context }) => wrappedAlone(key, context)),
    )
  })

  it('opens each by itself, whatever it is for', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 20 }), contexts => {
        const keys = keysNamed(contexts)
        const wrapped = wrapKeys(wrappingKey, keys)
        const opened = wrapped.map(each => unwrapKey(wrappingKey, each.context, each.wrapped))
        expect(opened).toStrictEqual(keys.map(({ key }) => key))
      }),
    )
  })

  it('leaves the keys it was given as they are', () => {
    const [given] = keysNamed(['a key'])
    const before = Buffer.from(given?.key ?? [])
    wrapKeys(wrappingKey, given === undefined ? [] : [given])
    expect(given?.key).toStrictEqual(before)
  })
})

describe('given a wrapped key', () => {
  const text = wrapKeys(wrappingKey, keysNamed(['what it is for']))[0]?.wrapped ?? ''

  it('does not open it as the key of something else, nor with another master key', () => {
    expect(unwrapKey(wrappingKey, 'something else', text)).toBeNull()
    expect(unwrapKey(wrappingKeyOf(createSecretKey(randomBytes(keyBytes))), 'what it is for', text)).toBeNull()
  })

  it('does not open it with any byte altered, cut off or added', () => {
    const bytes = bytesOf(text)
    for (const i of bytes.keys()) {
      const altered = Buffer.from(bytes)
      altered[i] = (altered[i] ?? 0) ^ 1
      expect(unwrapKey(wrappingKey, 'what it is for', `kw:${altered.toString('base64')}`)).toBeNull()
    }
    for (const other of [bytes.subarray(8), bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.alloc(8)])])
      expect(unwrapKey(wrappingKey, 'what it is for', `kw:${other.toString('base64')}`)).toBeNull()
  })

  it('knows it from what an earlier release stored, which is base64', () => {
    expect(isWrapped(text)).toBe(true)
    expect(isWrapped(randomBytes(60).toString('base64'))).toBe(false)
  })
})
