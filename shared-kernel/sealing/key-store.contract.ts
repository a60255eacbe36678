import { describe, expect, it } from 'vitest'
import { rightOf } from '../event-log/contract/right-of.ts'
import type { KeyStore, StoredKey } from './key-store.ts'

const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}T00:00:00.000Z`

const key = (stream: string, createdAt = day(1), tenant = 'acme'): StoredKey => ({
  ...{ stream, tenant, createdAt },
  wrapped: `wrapped-${stream}-${createdAt}`,
})

/** What every store of data keys does. `open` makes an empty one that ends with the test file. */
export const keyStoreContract = (where: string, open: () => Promise<KeyStore>): void => {
  describe(`a key store ${where}`, () => {
    it('answers the key that was added, and none for a stream it does not know', async () => {
      const store = await open()
      expect(rightOf(await store.add(key('a'))())).toStrictEqual(key('a'))
      expect(rightOf(await store.find('a')())).toStrictEqual(key('a'))
      expect(rightOf(await store.find('b')())).toBeNull()
      await store.close()
    })

    it('keeps the first key of a stream, whoever adds another', async () => {
      const store = await open()
      const rivals = Array.from({ length: 20 }, (_, i) => key('a', day(i + 1)))
      const answers = await Promise.all(rivals.map(async rival => rightOf(await store.add(rival)())))
      expect(new Set(answers.map(({ wrapped }) => wrapped)).size).toBe(1)
      expect(rightOf(await store.find('a')())).toStrictEqual(answers[0])
      await store.close()
    })

    it('takes many at once', async () => {
      const store = await open()
      const streams = Array.from({ length: 250 }, (_, i) => `s${i}`)
      const added = await Promise.all(streams.map(stream => store.add(key(stream))()))
      expect(added.map(rightOf).map(({ stream }) => stream)).toStrictEqual(streams)
      const found = await Promise.all(streams.map(stream => store.find(stream)()))
      expect(found.map(rightOf)).toStrictEqual(streams.map(stream => key(stream)))
      await store.close()
    })

    it('forgets what is removed, counts it, and takes a new key in its place', async () => {
      const store = await open()
      for (const stream of ['a', 'b', 'c']) rightOf(await store.add(key(stream))())
      expect(rightOf(await store.remove(['a', 'c', 'unknown'])())).toBe(2)
      expect(rightOf(await store.remove(['a'])())).toBe(0)
      expect(rightOf(await store.remove([])())).toBe(0)
      expect(rightOf(await store.find('a')())).toBeNull()
      expect(rightOf(await store.find('b')())).toStrictEqual(key('b'))
      expect(rightOf(await store.add(key('a', day(9)))())).toStrictEqual(key('a', day(9)))
      await store.close()
    })

    it('lists keys by age, page by page, up to a time', async () => {
      const store = await open()
      const keys = [key('b', day(2)), key('a', day(2)), key('c', day(1), 'other'), key('d', day(3)), key('e', day(4))]
      for (const each of keys) rightOf(await store.add(each)())
      const first = rightOf(await store.olderThan(day(4), null, 2)())
      expect(first.map(({ stream }) => stream)).toStrictEqual(['c', 'a'])
      expect(first[0]).toStrictEqual(key('c', day(1), 'other'))
      const second = rightOf(await store.olderThan(day(4), first[1] ?? null, 5)())
      expect(second.map(({ stream }) => stream)).toStrictEqual(['b', 'd'])
      await store.close()
    })

    it('lists all keys in the order of their names, page by page, whatever their age', async () => {
      const store = await open()
      const keys = [key('b', day(2)), key('a', day(4)), key('c', day(1), 'other')]
      for (const each of keys) rightOf(await store.add(each)())
      const first = rightOf(await store.inOrder('', 2)())
      expect(first).toStrictEqual([key('a', day(4)), key('b', day(2))])
      expect(rightOf(await store.inOrder('b', 2)())).toStrictEqual([key('c', day(1), 'other')])
      expect(rightOf(await store.inOrder('c', 2)())).toStrictEqual([])
      await store.close()
    })

    it('goes through keys of streams named by their time and of others, each once, and no younger one', async () => {
      const store = await open()
      const timed = (time: string, rest: string): string => {
        const digits = Date.parse(time).toString(16).padStart(12, '0')
        return `submission-${digits.slice(0, 8)}-${digits.slice(8)}-7${rest}-8000-000000000000`
      }
      const minuteLate = day(2).replace('00:00.000', '01:00.000')
      const old = [
        ...[
          key(timed(day(1), '001'), day(1)),
          key(timed(day(1), '000'), day(1)),
          key(timed(day(2), '000'), minuteLate),
        ],
        ...[
          key('submission-ffffffff-0000-5000-8000-000000000000', day(2)),
          key('submission-', day(1)),
          key('a', day(2)),
        ],
      ]
      const young = [
        ...[key(timed(day(2), '001'), day(4)), key(timed(day(3), '000'), day(3)), key(timed(day(5), '000'), day(5))],
        ...[key('submission-00000000-0000-5000-8000-000000000000', day(3)), key('b', day(5))],
      ]
      for (const each of [...young, ...old]) rightOf(await store.add(each)())
      const met: Array<StoredKey> = []
      for (;;) {
        const page = rightOf(await store.olderThan(day(3), met.at(-1) ?? null, 2)())
        if (page.length === 0) break
        expect(page.length).toBeLessThanOrEqual(2)
        met.push(...page)
      }
      const byName = (one: StoredKey, other: StoredKey): number => (one.stream < other.stream ? -1 : 1)
      expect(met.toSorted(byName)).toStrictEqual(old.toSorted(byName))
      expect(rightOf(await store.olderThan('9999-12-31T23:59:59.999Z', null, 100)())).toHaveLength(11)
      await store.close()
    })

    it('keeps keys that were made ahead like any other, and which they were until that is settled', async () => {
      const store = await open()
      const made = (id: string, until: string) => ({ id, until, streams: [`${id}1`, `${id}2`] })
      const [late, early] = [made('a', day(2)), made('b', day(1))]
      for (const each of [late, early]) {
        const keys = each.streams.map(stream => key(stream, each.until))
        expect(rightOf(await store.reserve(each, keys)())).toBeUndefined()
      }
      expect(rightOf(await store.find('a2')())).toStrictEqual(key('a2', day(2)))
      expect(rightOf(await store.add(key('a1', day(9)))())).toStrictEqual(key('a1', day(2)))
      expect(rightOf(await store.unsettled(day(1), 5)())).toStrictEqual([])
      expect(rightOf(await store.unsettled(day(3), 5)())).toStrictEqual([early, late])
      expect(rightOf(await store.unsettled(day(3), 1)())).toStrictEqual([early])
      rightOf(await store.settle([early.id, 'unknown'])())
      expect(rightOf(await store.unsettled(day(3), 5)())).toStrictEqual([late])
      expect(rightOf(await store.find('b1')())).toStrictEqual(key('b1', day(1)))
      expect(rightOf(await store.remove(['a1', 'b1'])())).toBe(2)
      await store.close()
    })

    it('keeps the first check for ever', async () => {
      const store = await open()
      expect(rightOf(await store.check()())).toBeNull()
      const begun = await Promise.all(['one', 'two', 'three'].map(async check => rightOf(await store.begin(check)())))
      expect(new Set(begun).size).toBe(1)
      expect(rightOf(await store.check()())).toBe(begun[0])
      await store.close()
    })
  })
}
