import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { isoDateTime } from '../types/primitives.ts'

/** A stream's data key under the master key, and since when, at the latest, and for whom it is. */
export const storedKey = t.strict(
  { stream: t.string, tenant: t.string, createdAt: isoDateTime, wrapped: t.string },
  'StoredKey',
)
export type StoredKey = Readonly<t.TypeOf<typeof storedKey>>

/** The store did not do it; the same may be asked again. */
export type KeyStoreFault = Readonly<{ _tag: 'KeyStoreFault'; message: string }>

/** Where a walk by age goes on: behind this key. */
export type KeyPlace = Pick<StoredKey, 'createdAt' | 'stream'>

/** Keys that were made ahead, of streams that are to begin before `until` (ISO-8601 UTC), or never do. */
export const reservation = t.strict(
  { id: t.string, until: isoDateTime, streams: t.readonlyArray(t.string) },
  'Reservation',
)
export type Reservation = Readonly<t.TypeOf<typeof reservation>>

/** Text that sorts as keys do by age. */
export const placeOf = ({ createdAt, stream }: KeyPlace): string => `${createdAt} ${stream}`

/**
 * The data keys of all submissions, apart from log and read models: to delete a key is to erase what it has sealed.
 * An answered change is durable.
 */
export type KeyStore = Readonly<{
  /** Keeps the key unless the stream has one. Answers the one that is kept. */
  add: (key: StoredKey) => TaskEither<KeyStoreFault, StoredKey>
  /** Keeps the keys of a reservation, whose streams are all new, and the reservation until it is settled. */
  reserve: (made: Reservation, keys: ReadonlyArray<StoredKey>) => TaskEither<KeyStoreFault, void>
  /** Reservations that ended before a time (ISO-8601 UTC), the oldest first; at most `limit`. */
  unsettled: (before: string, limit: number) => TaskEither<KeyStoreFault, ReadonlyArray<Reservation>>
  /** Forgets reservations, not their keys. */
  settle: (ids: ReadonlyArray<string>) => TaskEither<KeyStoreFault, void>
  find: (stream: string) => TaskEither<KeyStoreFault, StoredKey | null>
  /** Deletes the keys of these streams, and answers how many there were. No trace of them is left in the store. */
  remove: (streams: ReadonlyArray<string>) => TaskEither<KeyStoreFault, number>
  /**
   * Keys made before a time (ISO-8601 UTC), behind a place; at most `limit`. The oldest first, but that streams named by their
   * time (UUIDv7) may come apart from others, in the order of their names.
   */
  olderThan: (
    before: string,
    after: KeyPlace | null,
    limit: number,
  ) => TaskEither<KeyStoreFault, ReadonlyArray<StoredKey>>
  /** All keys in the order of their streams' names, behind one (`''`: from the first on); at most `limit`. */
  inOrder: (afterStream: string, limit: number) => TaskEither<KeyStoreFault, ReadonlyArray<StoredKey>>
  /** What the master key is known by; `null` before the first time. */
  check: () => TaskEither<KeyStoreFault, string | null>
  /** Keeps the check unless there is one. Answers the one that is kept. */
  begin: (check: string) => TaskEither<KeyStoreFault, string>
  close: () => Promise<void>
}>
