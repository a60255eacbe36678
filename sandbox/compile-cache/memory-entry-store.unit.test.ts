import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryEntryStore } from './memory-entry-store.ts'

const longestStayMs = 60_000
const storeOf = (bytes: number) => createMemoryEntryStore({ bytes, longestStayMs })
const entry = (size: number) => ({ bytes: new Uint8Array(size), digest: `of ${size}` })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('given more entries than there is room for', () => {
  it('lets those go that were used longest ago', () => {
    const store = storeOf(40)
    for (const place of ['a', 'b', 'c', 'd']) store.put(place, entry(10))
    expect(store.get('a')).not.toBeNull()
    store.put('e', entry(10))
    const kept = ['a', 'b', 'c', 'd', 'e'].filter(place => store.get(place) !== null)
    expect(kept).toEqual(['a', 'c', 'd', 'e'])
  })

  it('never holds more bytes than it may, and always the last that is no larger than an entry may be', () => {
    const put = fc.record({ place: fc.integer({ min: 0, max: 9 }).map(String), size: fc.nat(60) })
    fc.assert(
      fc.property(fc.array(put), puts => {
        const store = storeOf(100)
        for (const { place, size } of puts) {
          store.put(place, entry(size))
          const held = [...'0123456789'].map(name => store.get(name)?.bytes.length ?? 0)
          expect(held.reduce((sum, next) => sum + next, 0)).toBeLessThanOrEqual(100)
          expect(store.get(place)?.bytes.length).toBe(size <= 50 ? size : undefined)
        }
      }),
    )
  })
})

describe('given an entry larger than one may be', () => {
  it('is not kept, and what was there before is gone', () => {
    const store = storeOf(40)
    store.put('a', entry(10))
    store.put('a', entry(21))
    expect(store.get('a')).toBeNull()
  })
})

describe('given an entry that has been there for its time', () => {
  it('goes, however often it was used', () => {
    const store = storeOf(40)
    store.put('a', entry(10))
    vi.advanceTimersByTime(longestStayMs - 1)
    expect(store.get('a')).not.toBeNull()
    vi.advanceTimersByTime(1)
    expect(store.get('a')).toBeNull()
  })

  it('stays for its own time where it replaced an older one', () => {
    const store = storeOf(40)
    store.put('a', entry(1))
    vi.advanceTimersByTime(longestStayMs - 1)
    store.put('a', entry(2))
    vi.advanceTimersByTime(longestStayMs - 1)
    expect(store.get('a')?.digest).toBe('of 2')
  })
})

describe('given a store that is cleared', () => {
  it('has nothing, and room for everything', () => {
    const store = storeOf(40)
    for (const place of ['a', 'b', 'c', 'd']) store.put(place, entry(10))
    store.clear()
    expect(store.get('a')).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
    for (const place of ['e', 'f', 'g', 'h']) store.put(place, entry(10))
    expect(store.get('e')).not.toBeNull()
  })
})
