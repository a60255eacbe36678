import type { DatabaseSync } from 'node:sqlite'
import type { KeyPlace } from '../key-store.ts'

const hex = '[0-9a-f]'

/** Of streams whose name is a UUIDv7: it begins with the milliseconds at which it was made. */
const namedByTime = `submission-${hex.repeat(8)}-${hex.repeat(4)}-7`

const isNamedByTime = (stream: string): boolean => new RegExp(`^${namedByTime}`).test(stream)

const isOther = `stream NOT GLOB '${namedByTime}*'`

/** What was named at that time (ISO-8601 UTC) sorts behind it, and what was named before sorts before it. */
const nameAt = (time: string): string => {
  const digits = Math.max(0, Date.parse(time)).toString(16).padStart(12, '0')
  return `submission-${digits.slice(0, 8)}-${digits.slice(8)}`
}

/**
 * Only keys whose stream was named otherwise need an index by age, as after an Idempotency-Key. Earlier releases had one of
 * all of them.
 */
export const indexByAge = [
  'DROP INDEX IF EXISTS keys_by_age',
  `CREATE INDEX IF NOT EXISTS keys_named_otherwise ON keys (createdAt, stream) WHERE ${isOther}`,
]

export const selectKeys = 'SELECT stream, tenant, createdAt, wrapped FROM keys'

const older = `${selectKeys} WHERE createdAt < :before`

const beginning: KeyPlace = { createdAt: '', stream: '' }

/**
 * Rows of keys made before a time: first those whose streams are named by theirs, in the order of the names, since a key is
 * made after its stream was named; then all others by age. Each behind a place, and `limit` at most.
 */
export const keysByAge = (db: DatabaseSync) => {
  // The plus keeps GLOB from narrowing the range in place of what was named before.
  const byName = db.prepare(
    `${older} AND stream > :after AND stream < :end AND NOT (+${isOther}) ORDER BY stream LIMIT :limit`,
  )
  const others = db.prepare(
    `${older} AND ${isOther} AND (createdAt, stream) > (:createdAt, :stream) ORDER BY createdAt, stream LIMIT :limit`,
  )
  return (before: string, after: KeyPlace | null, limit: number): ReadonlyArray<unknown> => {
    const { createdAt, stream } = after ?? beginning
    const isAmongOthers = after !== null && !isNamedByTime(stream)
    if (isAmongOthers) return others.all({ before, createdAt, stream, limit })
    const named = byName.all({ before, after: stream, end: nameAt(before), limit })
    return [...named, ...others.all({ before, ...beginning, limit: limit - named.length })]
  }
}
