import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { sealBytes } from '../types/sealed-text.ts'
import { pooledRandomBytes } from './random-bytes.ts'

/** The key of one submission, open. As bytes: a KeyObject costs more than it saves where so little is sealed with each. */
export type DataKey = Buffer

const cipher = 'aes-256-gcm'

const options = { authTagLength: sealBytes.tag }

/**
 * AES-256-GCM under a random IV, as base64 of IV, cipher text and tag. Whatever is opened must name the same `context`:
 * what was sealed in one place is of no use in another.
 */
export const seal = (key: KeyObject | DataKey, context: string, bytes: Uint8Array): string => {
  const iv = pooledRandomBytes(sealBytes.iv)
  const sealing = createCipheriv(cipher, key, iv, options).setAAD(Buffer.from(context))
  return Buffer.concat([iv, sealing.update(bytes), sealing.final(), sealing.getAuthTag()]).toString('base64')
}

/**
 * Null where the key or the context is another, or the text was altered. The bytes are in memory of their own, as those of
 * `unwrapKey` are: keys that were made alone are sealed.
 */
export const unseal = (key: KeyObject | DataKey, context: string, text: string): Buffer | null => {
  const sealed = Buffer.from(text, 'base64')
  if (sealed.length < sealBytes.iv + sealBytes.tag) return null
  const end = sealed.length - sealBytes.tag
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, sealBytes.iv), options)
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(end))
  const bytes = opening.update(sealed.subarray(sealBytes.iv, end))
  try {
    // Proves the bytes; in this mode there are never more of them to come.
    opening.final()
    return bytes
  } catch {
    return null
  }
}
