import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { done, type OpenStore, storeForEach } from './store-for-each.ts'

export const leasesContract = (open: OpenStore): void => {
  describe('a lease store', () => {
    const store = storeForEach(open)

    const read = (group = 'g') => done(store().leases.read(group))
    const beat = (name: string) => done(store().leases.beat('g', name))
    const hand = (partition: number, holder: string | null, token: number) =>
      done(store().leases.hand('g', { partition, holder, token }))

    it('knows nobody at first', async () => {
      expect(await read()).toStrictEqual({ members: [], leases: [] })
    })

    it('counts the beats of each member', async () => {
      for (const name of ['b', 'a', 'b']) await beat(name)
      expect((await read()).members).toStrictEqual([
        { name: 'a', beat: 1 },
        { name: 'b', beat: 2 },
      ])
    })

    it('removes a member only while its beat stands still', async () => {
      for (const name of ['a', 'b', 'b']) await beat(name)
      for (const name of ['a', 'b', 'c']) await done(store().leases.remove('g', { name, beat: 1 }))
      expect((await read()).members).toStrictEqual([{ name: 'b', beat: 2 }])
    })

    it('hands a lease from one to the next, with a token that grows', async () => {
      expect(await hand(10, 'a', 0)).toBe(1)
      expect(await hand(2, 'a', 0)).toBe(1)
      expect(await hand(10, null, 1)).toBe(2)
      expect(await hand(10, 'b', 2)).toBe(3)
      expect((await read()).leases).toStrictEqual([
        { partition: 2, holder: 'a', token: 1 },
        { partition: 10, holder: 'b', token: 3 },
      ])
    })

    it('refuses whoever has not seen the current token', async () => {
      await hand(0, 'a', 0)
      expect(await hand(0, 'b', 0)).toBeNull()
      expect(await hand(0, 'b', 2)).toBeNull()
      expect(await hand(1, 'b', 1)).toBeNull()
      expect((await read()).leases).toStrictEqual([{ partition: 0, holder: 'a', token: 1 }])
    })

    it('gives each token to one of many who reach for it at once', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uuid(), fc.integer({ min: 2, max: 6 }), async (group, rivals) => {
          for (const token of [0, 1, 2]) {
            const reached = await Promise.all(
              Array.from({ length: rivals }, (_, rival) =>
                done(store().leases.hand(group, { partition: 0, holder: `${rival}`, token })),
              ),
            )
            expect(reached.filter(answer => answer !== null)).toStrictEqual([token + 1])
            const { leases } = await read(group)
            expect(leases).toStrictEqual([{ partition: 0, holder: `${reached.indexOf(token + 1)}`, token: token + 1 }])
          }
        }),
        { numRuns: 10 },
      )
    })

    it('keeps groups apart', async () => {
      await beat('a')
      await hand(0, 'a', 0)
      expect(await read('h')).toStrictEqual({ members: [], leases: [] })
    })

    it('answers unreachable once closed', async () => {
      await store().close()
      expect(await store().leases.read('g')()).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
      expect(await store().leases.beat('g', 'a')()).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
    })
  })
}
