import * as E from 'fp-ts/lib/Either.js'
import type { KeyStore, KeyStoreFault, StoredKey } from '../../sealing/key-store.ts'

type Answer<A> = Promise<E.Either<string, A>>

/** Opens the store that the data keys of an import go to; only where there are any. */
export type OpenKeyTarget = () => Promise<E.Either<KeyStoreFault, KeyStore>>

/** Where the data keys of an import go. */
export type KeyImport = Readonly<{
  begin: (proof: string) => Answer<null>
  /** Left: why the key cannot be taken. */
  take: (key: StoredKey) => Answer<null>
  flush: () => Answer<null>
  /** How many there are. */
  count: () => number
  /** Takes out what was put there. */
  discard: () => Promise<void>
  close: () => Promise<void>
}>

const keysPerBatch = 500

const inWords = ({ message }: KeyStoreFault): string => `the data keys cannot be stored: ${message}`

const another =
  'the store of the data keys belongs to another master key or log: keys are imported where there are none'

/** Gathers keys, so that a store is asked once for many. */
export const createKeyImport = (open: OpenKeyTarget): KeyImport => {
  let store: KeyStore | null = null
  let waiting: Array<StoredKey> = []
  const added: Array<string> = []

  const begin: KeyImport['begin'] = async proof => {
    if (store !== null) return E.left('names its master key twice')
    const opened = await open()
    if (E.isLeft(opened)) return E.left(inWords(opened.left))
    store = opened.right
    const kept = await store.begin(proof)()
    if (E.isLeft(kept)) return E.left(inWords(kept.left))
    return kept.right === proof ? E.right(null) : E.left(another)
  }

  const flush: KeyImport['flush'] = async () => {
    const [into, keys] = [store, waiting]
    waiting = []
    if (into === null || keys.length === 0) return E.right(null)
    const answers = await Promise.all(keys.map(key => into.add(key)()))
    for (const answer of answers) if (E.isLeft(answer)) return E.left(inWords(answer.left))
    for (const { stream } of keys) added.push(stream)
    return E.right(null)
  }

  const take: KeyImport['take'] = async key => {
    if (store === null) return E.left('is a key without its master key before it')
    waiting.push(key)
    return waiting.length < keysPerBatch ? E.right(null) : flush()
  }

  return {
    begin,
    take,
    flush,
    count: () => added.length + waiting.length,
    discard: async () => {
      if (store !== null && added.length > 0) await store.remove(added)()
    },
    close: async () => store?.close(),
  }
}
