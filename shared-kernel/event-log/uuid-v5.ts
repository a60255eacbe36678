import { hash } from 'node:crypto'
import { createRecent } from '../types/recent.ts'

const variantDigit = (digit: string): string => ((Number.parseInt(digit, 16) & 0x3) | 0x8).toString(16)

const longestKept = 256

// What is hashed is written to one place: a buffer for each would take as long as the hash.
const place = Buffer.alloc(16 + 3 * longestKept)

/** The name-based UUID of RFC 9562, section 5.5, for who keeps it. `namespace` is a UUID, `name` any text. */
export const newUuidV5 = (namespace: string, name: string): string => {
  const bytes = name.length <= longestKept ? place : Buffer.alloc(16 + Buffer.byteLength(name))
  const begin = bytes.write(namespace.replaceAll('-', ''), 'hex')
  const end = begin + bytes.write(name, begin)
  const hex = hash('sha1', bytes.subarray(0, end))
  const variant = `${variantDigit(hex.slice(16, 17))}${hex.slice(17, 20)}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}-${hex.slice(20, 32)}`
}

// The id of a commit is asked for several times within one append.
const kept = createRecent<string>(256)

const keep = (key: string, made: string): string => {
  kept.set(key, made)
  return made
}

/** The same, kept for a while for who asks again. */
export const uuidV5 = (namespace: string, name: string): string => {
  if (name.length > longestKept) return newUuidV5(namespace, name)
  const key = `${namespace} ${name}`
  return kept.get(key) ?? keep(key, newUuidV5(namespace, name))
}
