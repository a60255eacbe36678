import { beforeEach, describe, expect, it } from 'vitest'
import type { Query } from '../read-model-store.ts'
import { done, type OpenStore, thingsForEach } from './store-for-each.ts'
import { insert, put, query } from './writes.ts'

export const findsContract = (open: OpenStore): void => {
  describe('finds', () => {
    const { store, apply } = thingsForEach(open)

    describe('by id', () => {
      beforeEach(() =>
        apply([
          put('c', 1, 0, { kind: 'x', size: 1 }),
          put('a', 1, 0, { kind: 'x', size: 2 }),
          put('b', 1, 0, { kind: 'y', size: 1 }),
          put('d', 1, 0, { kind: 'x', size: 1 }),
          put('e', 1, 0, { size: '1' }),
        ]),
      )
      const ids = async (rest: Partial<Query>) => (await done(store().find(query(rest)))).map(({ id }) => id)

      it('filters on members and sorts by id', async () => {
        expect(await ids({ where: { kind: 'x' } })).toStrictEqual(['a', 'c', 'd'])
        expect(await ids({ where: { kind: 'x', size: 1 } })).toStrictEqual(['c', 'd'])
        expect(await ids({ where: { kind: 'x' }, order: 'descending' })).toStrictEqual(['d', 'c', 'a'])
        expect(await ids({ where: { size: 1 } })).toStrictEqual(['b', 'c', 'd'])
      })

      it('pages beyond an id, in either direction', async () => {
        expect(await ids({ limit: 2 })).toStrictEqual(['a', 'b'])
        expect(await ids({ limit: 2, after: 'b' })).toStrictEqual(['c', 'd'])
        expect(await ids({ limit: 2, after: 'c', order: 'descending' })).toStrictEqual(['b', 'a'])
        expect(await ids({ after: 'e' })).toStrictEqual([])
      })

      it('reads the ids that begin with a text', async () => {
        await apply(['a:', 'a:1', 'a:2', 'a:30', 'a;', 'a', 'A:1'].map(id => insert(id, {})))
        expect(await ids({ prefix: 'a:' })).toStrictEqual(['a:', 'a:1', 'a:2', 'a:30'])
        expect(await ids({ prefix: 'a:', after: 'a:1', limit: 1 })).toStrictEqual(['a:2'])
        expect(await ids({ prefix: 'a:', after: 'a:2', order: 'descending' })).toStrictEqual(['a:1', 'a:'])
        expect(await ids({ prefix: 'nothing' })).toStrictEqual([])
      })
    })

    describe('by a member', () => {
      const at = (id: string, kind: string, time: string) => put(id, 1, 0, { kind, time })
      beforeEach(async () => {
        await done(store().ensure({ name: 'things', indexes: [['time'], ['kind', 'time']] }))
        await apply([
          at('d', 'x', '2026-01-01'),
          at('a', 'x', '2026-01-03'),
          at('b', 'y', '2026-01-02'),
          at('c', 'x', '2026-01-02'),
        ])
      })
      const ids = async (range: Partial<NonNullable<Query['by']>>, rest: Partial<Query> = {}) => {
        const by = { member: 'time', from: null, below: null, ...range }
        return (await done(store().find(query({ by, ...rest })))).map(({ id }) => id)
      }

      it('sorts by the member, then by id', async () => {
        expect(await ids({})).toStrictEqual(['d', 'b', 'c', 'a'])
        expect(await ids({}, { order: 'descending' })).toStrictEqual(['a', 'c', 'b', 'd'])
        expect(await ids({}, { order: 'descending', limit: 2, where: { kind: 'x' } })).toStrictEqual(['a', 'c'])
      })

      it('reads from a bound on and below another', async () => {
        expect(await ids({ from: '2026-01-02' })).toStrictEqual(['b', 'c', 'a'])
        expect(await ids({ below: '2026-01-02' })).toStrictEqual(['d'])
        expect(await ids({ from: '2026-01-02', below: '2026-01-03' })).toStrictEqual(['b', 'c'])
        expect(await ids({ from: '2026-01-02', below: '2026-01-03' }, { where: { kind: 'x' } })).toStrictEqual(['c'])
        expect(await ids({ from: '2026-01-04' })).toStrictEqual([])
      })
    })
  })
}
