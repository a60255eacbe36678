import { createHmac, type KeyObject } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createKeyCache } from './key-cache.ts'
import { createKeyReserve, type KeyOwner, type MadeKey } from './key-reserve.ts'
import type { KeyStore, KeyStoreFault, StoredKey } from './key-store.ts'
import { pooledRandomBytes } from './random-bytes.ts'
import { type DataKey, seal, unseal } from './seal-bytes.ts'
import { isWrapped, keyBytes, unwrapKey, wrapKeys, wrappingKeyOf } from './wrap-keys.ts'

/** Whose key it is; `isNew`: the stream is about to begin, so that there is no key to look for. */
type Owner = Readonly<{ stream: string; tenant: string; isNew: boolean }>

/** The data keys, open. What is deleted elsewhere is known here within `keyLifetimeMs`. */
export type Keyring = Readonly<{
  /** Null where the stream has none: nothing was sealed, or it was erased. */
  keyOf: (stream: string) => TE.TaskEither<KeyStoreFault, DataKey | null>
  /** The stream's key where it has been opened lately. */
  atHand: (stream: string) => DataKey | null
  /** The stream's key, made where there is none, and durable. */
  ensure: (owner: Owner) => TE.TaskEither<KeyStoreFault, DataKey>
  /** Answers how many keys there were. */
  destroy: (streams: ReadonlyArray<string>) => TE.TaskEither<KeyStoreFault, number>
  /** Tells texts apart without giving them away: a keyed digest that only this installation can make. */
  fingerprint: (text: string) => string
  /**
   * The name of a new stream, one that `newStream` made, whose key is durable and at hand; null where none is ready: any
   * other name will do.
   */
  reserved: (tenant: string, newStream: () => string) => string | null
  olderThan: KeyStore['olderThan']
  unsettled: KeyStore['unsettled']
  settle: KeyStore['settle']
  /** Deletes the keys that were made ahead and not taken. The store is closed by whoever opened it. */
  close: () => Promise<void>
}>

type Needs = Readonly<{ store: KeyStore; master: KeyObject; logId: string; now?: () => Date }>

/** A key that was opened is used for so long, whatever becomes of it in the store. */
export const keyLifetimeMs = 5_000

const fault = (message: string): KeyStoreFault => ({ _tag: 'KeyStoreFault', message })

const keyringOn = ({ store, master, now = () => new Date() }: Needs, secret: Buffer): Keyring => {
  const cache = createKeyCache(keyLifetimeMs)
  const wrappingKey = wrappingKeyOf(master)
  const contextOf = (stream: string): string => `data key of ${stream}`

  const unwrapped = ({ stream, wrapped }: StoredKey): Buffer | null =>
    isWrapped(wrapped) ? unwrapKey(wrappingKey, contextOf(stream), wrapped) : unseal(master, contextOf(stream), wrapped)

  const opened = (stored: StoredKey): E.Either<KeyStoreFault, DataKey> => {
    const bytes = unwrapped(stored)
    if (bytes === null) return E.left(fault(`the data key of ${stored.stream} was altered`))
    return E.right(cache.keep(stored.stream, bytes))
  }

  const find = (stream: string): TE.TaskEither<KeyStoreFault, DataKey | null> =>
    pipe(
      store.find(stream),
      TE.flatMapEither(found => (found === null ? E.right(null) : opened(found))),
    )

  // Wrapped together they cost a sixth of what each costs alone; one alone costs less when it is sealed.
  const makeTogether = (owners: ReadonlyArray<KeyOwner>): ReadonlyArray<MadeKey> => {
    const keys = owners.map(owner => ({ owner, key: pooledRandomBytes(keyBytes), context: contextOf(owner.stream) }))
    return wrapKeys(wrappingKey, keys).map(({ owner, key, wrapped }) => ({
      key,
      stored: { ...owner, wrapped },
    }))
  }

  const made = (owner: KeyOwner): MadeKey => {
    const key = pooledRandomBytes(keyBytes)
    return { key, stored: { ...owner, wrapped: seal(master, contextOf(owner.stream), key) } }
  }

  const make = ({ stream, tenant }: Owner): TE.TaskEither<KeyStoreFault, DataKey> => {
    const { key, stored } = made({ stream, tenant, createdAt: now().toISOString() })
    return pipe(
      store.add(stored),
      TE.flatMapEither(kept => (kept.wrapped === stored.wrapped ? E.right(cache.keep(stream, key)) : opened(kept))),
    )
  }

  const reserve = createKeyReserve({ store, make: makeTogether, now })

  const keyOf: Keyring['keyOf'] = stream => {
    const known = cache.get(stream)
    return known === null ? find(stream) : TE.right(known)
  }

  return {
    keyOf,
    atHand: cache.get,
    ensure: owner =>
      owner.isNew
        ? make(owner)
        : pipe(
            keyOf(owner.stream),
            TE.flatMap(known => (known === null ? make(owner) : TE.right(known))),
          ),
    destroy: streams =>
      pipe(
        store.remove(streams),
        TE.map(count => {
          cache.forget(streams)
          return count
        }),
      ),
    fingerprint: text => createHmac('sha256', secret).update(text).digest('hex'),
    reserved: (tenant, newStream) => {
      const taken = reserve.take(tenant, newStream)
      if (taken === null) return null
      cache.keep(taken.stream, taken.key)
      return taken.stream
    },
    olderThan: store.olderThan,
    unsettled: store.unsettled,
    settle: store.settle,
    close: reserve.close,
  }
}

/** `isPassing`: it may be otherwise soon. */
export type KeyringUnusable = Readonly<{ message: string; isPassing: boolean }>

const doesNotFit =
  'MASTER_KEY does not fit the data keys of this log; give the key they were wrapped with (MASTER_KEY or MASTER_KEY_FILE)'

const proofOf = (store: KeyStore, context: string, master: KeyObject): TE.TaskEither<KeyStoreFault, string> =>
  pipe(
    store.check(),
    TE.flatMap(found =>
      found === null ? store.begin(seal(master, context, pooledRandomBytes(keyBytes))) : TE.right(found),
    ),
  )

/**
 * Opens the keys of a log with the master key they are wrapped with, or begins with it. The store holds a proof that only
 * that master key, for that log, opens; what is in it makes the fingerprints.
 */
export const openKeyring = (needs: Needs): TE.TaskEither<KeyringUnusable, Keyring> => {
  const context = `master key of log ${needs.logId}`
  return pipe(
    proofOf(needs.store, context, needs.master),
    TE.mapLeft(({ message }): KeyringUnusable => ({ message, isPassing: true })),
    TE.flatMap(proof => {
      const secret = unseal(needs.master, context, proof)
      return secret === null ? TE.left({ message: doesNotFit, isPassing: false }) : TE.right(keyringOn(needs, secret))
    }),
  )
}
