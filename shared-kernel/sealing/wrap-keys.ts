import { createCipheriv, createDecipheriv, createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto'

export const keyBytes = 32

/** Before the wrapped key: tells it from those that an earlier release sealed with the master key. */
const mark = 'kw:'

const checkBytes = 8
const blockBytes = 2 * checkBytes
const halvesOfKey = keyBytes / checkBytes
const steps = 6 * halvesOfKey

/** A key, and what it is for: it opens as nothing else. */
export type KeyToWrap = Readonly<{ key: Uint8Array; context: string }>

/** What wraps data keys: made of the master key for this alone, which seals in another way. */
export const wrappingKeyOf = (master: KeyObject): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', master, '', 'wraps data keys', keyBytes)))

const checkOf = (context: string): Buffer => Buffer.from(hash('sha256', context, 'hex').slice(0, 2 * checkBytes), 'hex')

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

/**
 * Each key as RFC 3394 wraps it (AES-256 key wrap), its initial value made of the context. All of them take each
 * step together, so that many cost one cipher and not one each. What comes out is no other than if each came alone.
 */
export const wrapKeys = <Key extends KeyToWrap>(
  wrappingKey: KeyObject,
  keys: ReadonlyArray<Key>,
): ReadonlyArray<Key & Readonly<{ wrapped: string }>> => {
  const cipher = createCipheriv('aes-256-ecb', wrappingKey, null).setAutoPadding(false)
  const secrets = Buffer.concat(keys.map(({ key }) => key))
  const halves = viewOf(secrets)
  let blocks: Buffer = Buffer.alloc(blockBytes * keys.length)
  for (const [i, { context }] of keys.entries()) checkOf(context).copy(blocks, blockBytes * i)
  for (let step = 1; step <= steps; step++) {
    const place = checkBytes * ((step - 1) % halvesOfKey)
    const given = viewOf(blocks)
    for (let i = 0; i < keys.length; i++)
      given.setBigUint64(blockBytes * i + checkBytes, halves.getBigUint64(keyBytes * i + place))
    blocks = cipher.update(blocks)
    const taken = viewOf(blocks)
    for (let i = 0; i < keys.length; i++) {
      const check = blockBytes * i
      halves.setBigUint64(keyBytes * i + place, taken.getBigUint64(check + checkBytes))
      taken.setUint8(check + checkBytes - 1, taken.getUint8(check + checkBytes - 1) ^ step)
    }
  }
  return keys.map((key, i) => {
    const check = blocks.subarray(blockBytes * i, blockBytes * i + checkBytes)
    const bytes = Buffer.concat([check, secrets.subarray(keyBytes * i, keyBytes * (i + 1))])
    return { ...key, wrapped: mark + bytes.toString('base64') }
  })
}

export const isWrapped = (text: string): boolean => text.startsWith(mark)

/**
 * Null where the wrapping key or the context is another, or the text was altered. The bytes are what the cipher gave, in
 * memory of their own: a key that is kept as a slice of Buffer's pool keeps 64 KiB with it.
 */
export const unwrapKey = (wrappingKey: KeyObject, context: string, wrapped: string): Buffer | null => {
  const bytes = Buffer.from(wrapped.slice(mark.length), 'base64')
  if (bytes.length !== checkBytes + keyBytes) return null
  const opening = createDecipheriv('id-aes256-wrap', wrappingKey, checkOf(context))
  try {
    const key = opening.update(bytes)
    opening.final()
    return key
  } catch {
    return null
  }
}
