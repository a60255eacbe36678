import { describe, expect, it } from 'vitest'
import type { Write } from '../read-model-store.ts'
import { done, type OpenStore, thingsForEach } from './store-for-each.ts'
import { document, insert, put, query } from './writes.ts'

export const documentsContract = (open: OpenStore): void => {
  describe('documents', () => {
    const { store, apply, get } = thingsForEach(open)

    it('gives back what was put', async () => {
      const body = { text: 'é\u0000"\\\n😀', number: 1.5, nested: { list: [1, null, true] } }
      await apply([put('a', 3, 0, body)])
      expect(await get('a')).toStrictEqual(document('a', 3, body))
    })

    it('knows nothing of an id never put, nor of a collection never made', async () => {
      expect(await get('a')).toBeNull()
      expect(await done(store().get('nowhere', 'a'))).toBeNull()
      expect(await done(store().find(query({ collection: 'nowhere' })))).toStrictEqual([])
    })

    it('keeps its own copy', async () => {
      const list = [1]
      await apply([put('a', 1, 0, { list })])
      list.push(2)
      expect((await get('a'))?.body).toStrictEqual({ list: [1] })
    })

    it('takes at once more than one command of a server may hold', async () => {
      const body = { long: 'é'.repeat(3_000_000) }
      const ids = ['a', 'b', 'c', 'd']
      await apply(ids.map(id => put(id, 1, 0, body)))
      for (const id of ids) expect((await get(id))?.body).toStrictEqual(body)
    })

    describe('guards documents by version', () => {
      it('skips what was applied before', async () => {
        await apply([put('a', 2, 0, { first: true })])
        await apply([put('a', 2, 0, { first: false })])
        await apply([put('a', 1, 0, { first: false })])
        expect(await get('a')).toStrictEqual(document('a', 2, { first: true }))
      })

      it('lets a later fold replace anything between what it was folded from and itself', async () => {
        await apply([put('a', 2, 0), put('a', 3, 2)])
        await apply([put('a', 5, 2, { later: true })])
        expect(await get('a')).toStrictEqual(document('a', 5, { later: true }))
      })

      it('does not put what is based on a version the store has not', async () => {
        await apply([put('a', 2, 0), put('a', 5, 4), put('b', 5, 4)])
        expect((await get('a'))?.version).toBe(2)
        expect(await get('b')).toBeNull()
      })

      it('inserts a row once', async () => {
        await apply([insert('a', { first: true })])
        await apply([insert('a', { first: false })])
        expect((await get('a'))?.body).toStrictEqual({ first: true })
      })

      it('deletes what is at least at the expected version', async () => {
        await apply([put('a', 2, 0), put('b', 2, 0), put('c', 2, 0)])
        await apply([
          { kind: 'delete', collection: 'things', id: 'a', expected: 2 },
          { kind: 'delete', collection: 'things', id: 'b', expected: 1 },
          { kind: 'delete', collection: 'things', id: 'c', expected: 3 },
          { kind: 'delete', collection: 'things', id: 'd', expected: 1 },
        ])
        expect(await get('a')).toBeNull()
        expect(await get('b')).toBeNull()
        expect((await get('c'))?.version).toBe(2)
      })

      it('applies the writes of one call in order', async () => {
        await apply([put('a', 1, 0), put('a', 2, 1), { kind: 'delete', collection: 'things', id: 'a', expected: 2 }])
        expect(await get('a')).toBeNull()
      })
    })

    it('applies many writes at once, to several collections, each as by itself', async () => {
      await done(store().ensure({ name: 'others', indexes: [] }))
      const names = Array.from({ length: 50 }, (_, index) => `id${index}`)
      await apply([put('id7', 9, 0, { earlier: true }), insert('row id7', { earlier: true })])
      const writes = names.flatMap(
        (id, index): ReadonlyArray<Write> => [
          put(id, 2, 0, { index }),
          { ...insert(`row ${id}`, { index }), collection: index % 2 === 0 ? 'things' : 'others' },
          ...(index % 3 === 0 ? [put(id, 3, 2, { index: index + 100 })] : []),
          ...(index === 30 ? [{ kind: 'delete' as const, collection: 'things', id: 'id29', expected: 2 }] : []),
        ],
      )
      await apply(writes)
      const wanted = names.map((id, index) => {
        if (index === 7) return document(id, 9, { earlier: true })
        if (index === 29) return null
        return index % 3 === 0 ? document(id, 3, { index: index + 100 }) : document(id, 2, { index })
      })
      expect(await Promise.all(names.map(get))).toStrictEqual(wanted)
      for (const [index, id] of names.entries()) {
        const row = await done(store().get(index % 2 === 0 ? 'things' : 'others', `row ${id}`))
        expect(row?.body).toStrictEqual({ index })
      }
    })

    it('can be ensured again without losing anything, and starts empty after a drop', async () => {
      const collection = { name: 'things', indexes: [['kind'], ['kind', 'size']] }
      await apply([put('a', 1, 0)])
      await done(store().ensure(collection))
      expect(await get('a')).not.toBeNull()
      await done(store().drop('things'))
      await done(store().drop('things'))
      expect(await get('a')).toBeNull()
      await done(store().ensure(collection))
      await apply([put('b', 1, 0)])
      expect(await get('b')).not.toBeNull()
    })

    it('answers unreachable once closed', async () => {
      await store().close()
      expect(await store().get('things', 'a')()).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
      expect(await store().apply([put('a', 1, 0)], [])()).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
    })
  })
}
