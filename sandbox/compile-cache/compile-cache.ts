import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type CompilationInputs, type CompilationKey, createCompilationKeys } from './compilation-key.ts'
import type { EntryStore } from './entry-store.ts'
import { type KeptCompilation, openCompilation, sealCompilation } from './seal-compilation.ts'

/** What was kept, or the duty to say when the compilation is `done`, with what it made `kept` before where it may be. */
export type Claim = Readonly<{ found: KeptCompilation } | { done: () => void }>

/** What compilations made, for whenever the same is to be compiled again. */
export type CompileCache = Readonly<{
  /** The most bytes that output and archive together may have to be kept; what is stored is smaller. */
  largest: number
  /** The key of a compilation with these inputs; no other inputs have it. */
  keyOf: (inputs: CompilationInputs) => CompilationKey
  /** Where the same is being compiled already, waits for that: until the signal, and not for long. */
  claim: (key: CompilationKey, signal: AbortSignal) => Promise<Claim>
  keep: (key: CompilationKey, compilation: KeptCompilation) => void
  /** Leaves nothing behind. */
  clear: () => void
}>

type Options = Readonly<{
  store: EntryStore
  largest: CompileCache['largest']
  /** Told when an entry is no longer what it was; it is gone then. */
  onDamaged: () => void
}>

// Within what an attempt's budget grants for the wait for a container.
const patienceMs = 10_000

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const settledWithin = async (work: Promise<void>, ms: number, signal: AbortSignal): Promise<void> => {
  const over = new AbortController()
  const patience = delay(ms, undefined, { signal: AbortSignal.any([signal, over.signal]) }).catch(() => undefined)
  await Promise.race([work, patience])
  over.abort()
}

export const createCompileCache = ({ store, largest, onDamaged }: Options): CompileCache => {
  const underWay = new Map<string, Promise<void>>()

  const find = ({ place, secret }: CompilationKey): KeptCompilation | null => {
    const entry = store.get(place)
    if (entry === null) return null
    const opened = digestOf(entry.bytes) === entry.digest ? openCompilation(entry.bytes, secret) : null
    if (opened !== null) return opened
    store.remove(place)
    onDamaged()
    return null
  }

  const begin = ({ place }: CompilationKey): Claim => {
    const { promise, resolve } = Promise.withResolvers<void>()
    underWay.set(place, promise)
    return {
      done: () => {
        if (underWay.get(place) === promise) underWay.delete(place)
        resolve()
      },
    }
  }

  const look = (key: CompilationKey): Claim => {
    const found = find(key)
    return found === null ? begin(key) : { found }
  }

  return {
    largest,
    keyOf: createCompilationKeys(),
    claim: async (key, signal) => {
      const other = underWay.get(key.place)
      if (other !== undefined) await settledWithin(other, patienceMs, signal)
      return look(key)
    },
    keep: (key, compilation) => {
      const bytes = sealCompilation(compilation, key.secret)
      store.put(key.place, { bytes, digest: digestOf(bytes) })
    },
    clear: store.clear,
  }
}
