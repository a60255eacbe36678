import * as TE from 'fp-ts/lib/TaskEither.js'
import { type KeyPlace, type KeyStore, placeOf, type Reservation, type StoredKey } from '../key-store.ts'

/** The key store without a disk, for tests. */
export const inMemoryKeyStore = (): KeyStore => {
  const keys = new Map<string, StoredKey>()
  const reservations = new Map<string, Reservation>()
  let check: string | null = null

  const add = (key: StoredKey): StoredKey => {
    const kept = keys.get(key.stream) ?? key
    keys.set(key.stream, kept)
    return kept
  }

  const olderThan = (before: string, after: KeyPlace | null, limit: number) =>
    [...keys.values()]
      .filter(key => key.createdAt < before && (after === null || placeOf(key) > placeOf(after)))
      .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
      .slice(0, limit)

  const inOrder = (afterStream: string, limit: number) =>
    [...keys.values()]
      .filter(({ stream }) => stream > afterStream)
      .toSorted((one, other) => (one.stream < other.stream ? -1 : 1))
      .slice(0, limit)

  const reserve = (made: Reservation, added: ReadonlyArray<StoredKey>): void => {
    reservations.set(made.id, made)
    for (const key of added) keys.set(key.stream, key)
  }

  const unsettled = (before: string, limit: number) =>
    [...reservations.values()]
      .filter(({ until }) => until < before)
      .toSorted((one, other) => (one.until < other.until ? -1 : 1))
      .slice(0, limit)

  return {
    reserve: (made, added) => TE.fromIO(() => reserve(made, added)),
    unsettled: (before, limit) => TE.fromIO(() => unsettled(before, limit)),
    settle: ids => TE.fromIO(() => ids.forEach(id => void reservations.delete(id))),
    add: key => TE.fromIO(() => add(key)),
    find: stream => TE.fromIO(() => keys.get(stream) ?? null),
    remove: streams => TE.fromIO(() => [...new Set(streams)].filter(stream => keys.delete(stream)).length),
    olderThan: (before, after, limit) => TE.fromIO(() => olderThan(before, after, limit)),
    inOrder: (afterStream, limit) => TE.fromIO(() => inOrder(afterStream, limit)),
    check: () => TE.fromIO(() => check),
    begin: first =>
      TE.fromIO(() => {
        check ??= first
        return check
      }),
    close: async () => undefined,
  }
}
