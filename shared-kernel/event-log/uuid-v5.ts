import { hash } from 'node:crypto'
import { createRecent } from '../types/recent.ts'

const variantDigit = (digit: string): string => ((Number.parseInt(digit, 16) & 0x3) | 0x8).toString(16)

const make = (namespace: string, name: string): string => {
  const hex = hash('sha1', Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]))
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variantDigit(hex.slice(16, 17))}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

const longestKept = 256

// The id of a commit, and of each event in it, is asked for several times within one append.
const kept = createRecent<string>(256)

const keep = (key: string, made: string): string => {
  kept.set(key, made)
  return made
}

/** The name-based UUID of RFC 9562, section 5.5. `namespace` is a UUID, `name` any text. */
export const uuidV5 = (namespace: string, name: string): string => {
  if (name.length > longestKept) return make(namespace, name)
  const key = `${namespace} ${name}`
  return kept.get(key) ?? keep(key, make(namespace, name))
}
