import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { CompilationKey } from './compilation-key.ts'
import { type Claim, type CompileCache, createCompileCache } from './compile-cache.ts'
import type { Entry } from './entry-store.ts'
import { createMemoryEntryStore } from './memory-entry-store.ts'
import { someInputs } from './test-compilation.ts'

const made = { output: Buffer.from('warning: é'), archive: Buffer.from('ELF, with what is secret in it') }
const unending = new AbortController().signal

/** A cache, and the entries as whoever reads the memory of its process finds them. */
const aCache = () => {
  const store = createMemoryEntryStore({ bytes: 1_000, longestStayMs: 60_000 })
  const entries = new Map<string, Entry>()
  const put = (place: string, entry: Entry) => {
    entries.set(place, entry)
    store.put(place, entry)
  }
  const onDamaged = vi.fn()
  return {
    cache: createCompileCache({ store: { ...store, put }, largest: 100_000, onDamaged }),
    store,
    entries,
    onDamaged,
  }
}

const found = (claim: Claim) => ('found' in claim ? claim.found : null)
const find = async (cache: CompileCache, key: CompilationKey) => found(await cache.claim(key, unending))

describe('given a compilation that was kept', () => {
  it('is found byte for byte under its own key, and under no other', async () => {
    const { cache } = aCache()
    cache.keep(cache.keyOf(someInputs()), made)
    expect(await find(cache, cache.keyOf(someInputs()))).toEqual(made)
    expect(await find(cache, cache.keyOf(someInputs({ tenant: 'umbrella' })))).toBeNull()
  })

  it('is nowhere to be read without the files it was made from', () => {
    const { cache, entries } = aCache()
    cache.keep(cache.keyOf(someInputs()), made)
    const [entry] = entries.values()
    const kept = Buffer.from(entry?.bytes ?? [])
    expect(kept.length).toBeGreaterThan(made.archive.length)
    expect(kept.includes('secret') || kept.includes('warning')).toBe(false)
  })

  it.each([
    [
      'a bit of it has turned',
      ({ bytes, digest }: Entry) => ({ bytes: bytes.map((byte, at) => byte ^ +(at === 20)), digest }),
    ],
    ['its end is gone', ({ bytes, digest }: Entry) => ({ bytes: bytes.subarray(0, -1), digest })],
    ['its digest is another', ({ bytes }: Entry) => ({ bytes, digest: 'another' })],
  ])('is gone where %s', async (_, damage) => {
    const { cache, store, entries, onDamaged } = aCache()
    const key = cache.keyOf(someInputs())
    cache.keep(key, made)
    for (const [place, entry] of entries) store.put(place, damage(entry))
    expect(await find(cache, key)).toBeNull()
    expect(onDamaged).toHaveBeenCalledOnce()
    expect(store.get(key.place)).toBeNull()
  })

  it('is gone where another entry of the same process was put in its place', async () => {
    const { cache, store, onDamaged } = aCache()
    const [own, other] = [cache.keyOf(someInputs()), cache.keyOf(someInputs({ tenant: 'umbrella' }))]
    cache.keep(own, made)
    cache.keep(other, made)
    store.put(own.place, store.get(other.place) ?? { bytes: new Uint8Array(), digest: '' })
    expect(await find(cache, own)).toBeNull()
    expect(onDamaged).toHaveBeenCalledOnce()
  })

  it('is smaller where it lies than it was', async () => {
    const { cache, entries } = aCache()
    const key = cache.keyOf(someInputs())
    const archive = Buffer.alloc(50_000, 'much the same')
    cache.keep(key, { ...made, archive })
    expect(entries.get(key.place)?.bytes.length).toBeLessThan(500)
    expect(await find(cache, key)).toEqual({ ...made, archive })
  })

  it('is gone where there is no room for it', async () => {
    const { cache } = aCache()
    const key = cache.keyOf(someInputs())
    cache.keep(key, { ...made, archive: randomBytes(501) })
    expect(await find(cache, key)).toBeNull()
  })
})

/** Claims, and says whether it still waits. */
const claiming = (cache: CompileCache, signal = unending) => {
  const claim = cache.claim(cache.keyOf(someInputs()), signal)
  let isWaiting = true
  void claim.then(() => {
    isWaiting = false
  })
  return { claim, isWaiting: () => isWaiting }
}

const isDone = (claim: Claim): void => {
  if ('done' in claim) claim.done()
}

describe('given two that ask for the same compilation at once', () => {
  it('the second waits, and finds what the first has made', async () => {
    const { cache } = aCache()
    const first = await claiming(cache).claim
    const second = claiming(cache)
    await setImmediate()
    expect(second.isWaiting()).toBe(true)
    cache.keep(cache.keyOf(someInputs()), made)
    isDone(first)
    expect(found(await second.claim)).toEqual(made)
  })

  it('the second compiles itself where the first has made nothing', async () => {
    const { cache } = aCache()
    const first = await claiming(cache).claim
    const second = claiming(cache)
    isDone(first)
    expect(await second.claim).toHaveProperty('done')
  })

  it('the second waits no longer than it may', async () => {
    const { cache } = aCache()
    await claiming(cache).claim
    const calledOff = new AbortController()
    const second = claiming(cache, calledOff.signal)
    calledOff.abort()
    expect(await second.claim).toHaveProperty('done')
  })

  it('others do not wait', async () => {
    const { cache } = aCache()
    await claiming(cache).claim
    expect(await cache.claim(cache.keyOf(someInputs({ tenant: 'umbrella' })), unending)).toHaveProperty('done')
  })
})
