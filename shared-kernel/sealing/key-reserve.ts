import * as E from 'fp-ts/lib/Either.js'
import type { KeyStore, StoredKey } from './key-store.ts'
import type { DataKey } from './seal-bytes.ts'

/** A key that was just made, open and as the store keeps it. */
export type MadeKey = Readonly<{ key: DataKey; stored: StoredKey }>

/** Whose key it is to be. */
export type KeyOwner = Omit<StoredKey, 'wrapped'>

type Needs = Readonly<{
  store: Pick<KeyStore, 'reserve' | 'remove' | 'settle'>
  make: (owners: ReadonlyArray<KeyOwner>) => ReadonlyArray<MadeKey>
  now: () => Date
}>

type Ready = Readonly<{ stream: string; key: DataKey }>

type Batch = Readonly<{ id: string; endsAt: number; timer: NodeJS.Timeout; ready: Array<Ready> }>

/** What lies ready for one tenant; `size`: of the last batch; `missed`: who came since then while none was ready. */
type Shelf = {
  size: number
  missed: number
  filledAt: number
  batches: Array<Batch>
  filling: Promise<void> | null
}

/** A key that nobody took for so long is deleted. */
export const reservedForMs = 60_000

const sizes = { least: 16, most: 256, growth: 4 } as const

/** Where half a batch lasts no longer, the next is larger. */
const briefMs = 1000

const empty = { size: sizes.least, missed: 0, filledAt: -Infinity, filling: null } as const

const countOf = ({ batches }: Shelf): number => batches.reduce((sum, { ready }) => sum + ready.length, 0)

/**
 * Keys of streams that are yet to begin, made and made durable by the batch, so that who begins one waits for no disk. The
 * more are asked for, the more are made; where nobody asks there are none.
 */
export const createKeyReserve = ({ store, make, now }: Needs) => {
  const shelves = new Map<string, Shelf>()
  const discarding = new Set<Promise<unknown>>()
  let isClosed = false

  const shelfOf = (tenant: string): Shelf => {
    const shelf = shelves.get(tenant) ?? { ...empty, batches: [] }
    shelves.set(tenant, shelf)
    return shelf
  }

  // What fails here is left to who looks for keys that were never used.
  const inBackground = (work: Promise<unknown>): void => {
    const settled = work.finally(() => discarding.delete(settled))
    discarding.add(settled)
  }

  const discard = async ({ id, ready, timer }: Batch): Promise<void> => {
    clearTimeout(timer)
    const removed = ready.length === 0 ? E.right(0) : await store.remove(ready.map(({ stream }) => stream))()
    if (E.isRight(removed)) await store.settle([id])()
  }

  // The oldest of a shelf, whose timer may come late.
  const drop = (shelf: Shelf): void => {
    const batch = shelf.batches.shift()
    shelf.size = sizes.least
    if (batch !== undefined) inBackground(discard(batch))
  }

  const fill = async (tenant: string, shelf: Shelf, newStream: () => string): Promise<void> => {
    const endsAt = performance.now() + reservedForMs
    // Its age counts from the latest time at which it may be taken, so no submission's content goes too early.
    const createdAt = new Date(now().getTime() + reservedForMs).toISOString()
    // Names of one millisecond are in no order as they are made. Who is next gets the next one in the order of the log's
    // indexes, so that what is appended together fills one page of each after the other.
    const names = Array.from({ length: shelf.size }, newStream).sort()
    const made = make(names.map(stream => ({ stream, tenant, createdAt })))
    const keys = made.map(({ stored }) => stored)
    const streams = keys.map(({ stream }) => stream)
    const id = streams[0] ?? ''
    const reserved = await store.reserve({ id, until: createdAt, streams }, keys)()
    if (E.isLeft(reserved)) return
    // Taken from behind.
    const ready = made.map(({ key, stored }) => ({ stream: stored.stream, key })).reverse()
    const timer = setTimeout(() => drop(shelf), reservedForMs).unref()
    shelf.batches.push({ id, endsAt, timer, ready })
  }

  // Who came in vain comes again, and as many meanwhile.
  const sizeNext = ({ size, missed, filledAt }: Shelf): number => {
    const grown = performance.now() - filledAt < briefMs ? size * sizes.growth : size
    return Math.min(sizes.most, Math.max(grown, 2 * missed))
  }

  const fillWhereLow = (tenant: string, shelf: Shelf, newStream: () => string): void => {
    const isEnough = shelf.missed === 0 && countOf(shelf) * 2 >= shelf.size
    if (isClosed || shelf.filling !== null || isEnough) return
    shelf.size = sizeNext(shelf)
    shelf.missed = 0
    shelf.filledAt = performance.now()
    shelf.filling = fill(tenant, shelf, newStream).finally(() => {
      shelf.filling = null
      if (shelf.missed > 0) fillWhereLow(tenant, shelf, newStream)
    })
  }

  const takeFrom = (shelf: Shelf): Ready | null => {
    while ((shelf.batches[0]?.endsAt ?? Infinity) <= performance.now()) drop(shelf)
    const [batch] = shelf.batches
    const taken = batch?.ready.pop() ?? null
    if (batch?.ready.length === 0) {
      shelf.batches.shift()
      inBackground(discard(batch))
    }
    return taken
  }

  return {
    /** Null where none is ready. */
    take: (tenant: string, newStream: () => string): Ready | null => {
      const shelf = shelfOf(tenant)
      const taken = takeFrom(shelf)
      if (taken === null) shelf.missed += 1
      fillWhereLow(tenant, shelf, newStream)
      return taken
    },
    /** Deletes what nobody took. */
    close: async (): Promise<void> => {
      isClosed = true
      await Promise.all([...shelves.values()].map(({ filling }) => filling))
      for (const { batches } of shelves.values()) for (const batch of batches.splice(0)) inBackground(discard(batch))
      await Promise.all(discarding)
    },
  }
}
