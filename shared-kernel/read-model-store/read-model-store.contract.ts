import * as fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leaseStoreContract } from './lease-store.contract.ts'
import type { Document, JsonObject, Query, ReadModelStore, ReadModelStoreFault, Write } from './read-model-store.ts'
import { recordStoreContract } from './record-store.contract.ts'

const done = async <A>(work: TaskEither<ReadModelStoreFault, A>): Promise<A> => {
  const result = await work()
  if (isLeft(result)) throw new Error(`${result.left.kind}: ${result.left.message}`)
  return result.right
}

const document = (id: string, version: number, body: JsonObject = {}): Document => ({ id, version, body })
const put = (id: string, version: number, expected: number, body: JsonObject = {}): Write => ({
  kind: 'put',
  collection: 'things',
  document: document(id, version, body),
  expected,
})
const insert = (id: string, body: JsonObject): Write => ({
  kind: 'insert',
  collection: 'things',
  document: document(id, 1, body),
})

const query = (rest: Partial<Query>): Query => ({
  collection: 'things',
  where: {},
  order: 'ascending',
  after: null,
  limit: 100,
  ...rest,
})

// A document's truth is a fold of its stream: here the sum of 1 .. version.
const folded = (version: number): JsonObject => ({ sum: (version * (version + 1)) / 2 })

type Step = Readonly<{ projector: 0 | 1; events: number; crashes: boolean }>

const step: fc.Arbitrary<Step> = fc.record({
  projector: fc.constantFrom(0, 1),
  events: fc.integer({ min: 1, max: 4 }),
  crashes: fc.boolean(),
})

export const readModelStoreContract = (open: () => Promise<ReadModelStore>): void => {
  leaseStoreContract(open)
  recordStoreContract(open)

  describe('a read-model store', () => {
    let store: ReadModelStore
    beforeEach(async () => {
      store = await open()
      await done(store.ensure({ name: 'things', indexes: [['kind'], ['kind', 'size']] }))
    })
    afterEach(() => store.close())

    const apply = (writes: ReadonlyArray<Write>) => done(store.apply(writes, []))
    const get = (id: string) => done(store.get('things', id))

    it('gives back what was put', async () => {
      const body = { text: 'é\u0000"\\\n😀', number: 1.5, nested: { list: [1, null, true] } }
      await apply([put('a', 3, 0, body)])
      expect(await get('a')).toStrictEqual(document('a', 3, body))
    })

    it('knows nothing of an id never put, nor of a collection never made', async () => {
      expect(await get('a')).toBeNull()
      expect(await done(store.get('nowhere', 'a'))).toBeNull()
      expect(await done(store.find(query({ collection: 'nowhere' })))).toStrictEqual([])
    })

    it('keeps its own copy', async () => {
      const list = [1]
      await apply([put('a', 1, 0, { list })])
      list.push(2)
      expect((await get('a'))?.body).toStrictEqual({ list: [1] })
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

    describe('checkpoints', () => {
      const at = (n: number, partition = 0) => ({ projection: 'p__v1', partition, n })
      const progress = async (projection = 'p__v1') =>
        [...(await done(store.checkpoints(projection)))].sort(([a], [b]) => a - b)

      it('start nowhere, move forward, and never backward', async () => {
        expect(await progress()).toStrictEqual([])
        await done(store.apply([], [at(3), at(7, 5)]))
        await done(store.apply([], [at(2), at(9, 5)]))
        expect(await progress()).toStrictEqual([
          [0, 3],
          [5, 9],
        ])
      })

      it('belong to one projection', async () => {
        await done(store.apply([], [at(3)]))
        expect(await progress('p__v2')).toStrictEqual([])
      })

      describe('with fences', () => {
        const fenced = async (n: number, fence: number, partition = 0) =>
          (await done(store.apply([], [{ ...at(n, partition), fence }]))).deposed

        it('do not move for a writer whose successor has written, whatever position that was at', async () => {
          expect(await fenced(3, 1)).toStrictEqual([])
          expect(await fenced(0, 2)).toStrictEqual([])
          expect(await fenced(5, 1)).toStrictEqual([0])
          expect(await progress()).toStrictEqual([[0, 3]])
          expect(await fenced(4, 2)).toStrictEqual([])
          expect(await progress()).toStrictEqual([[0, 4]])
        })

        it('are deposed partition by partition', async () => {
          await fenced(1, 2, 5)
          const checkpoints = [
            { ...at(3), fence: 1 },
            { ...at(3, 5), fence: 1 },
          ]
          expect(await done(store.apply([], checkpoints))).toStrictEqual({ deposed: [5] })
          expect(await progress()).toStrictEqual([
            [0, 3],
            [5, 1],
          ])
        })

        it('begin at a position where there was none', async () => {
          expect(await fenced(0, 7)).toStrictEqual([])
          expect(await fenced(2, 6)).toStrictEqual([0])
          expect((await done(store.checkpoints('p__v1'))).get(0) ?? 0).toBe(0)
        })
      })

      it('move only with their writes', async () => {
        const undone = store.apply([{ ...put('a', 1, 0), collection: 'nowhere' } as Write], [at(3)])
        await expect(undone()).rejects.toThrow()
        expect(await progress()).toStrictEqual([])
      })
    })

    describe('find', () => {
      beforeEach(() =>
        apply([
          put('c', 1, 0, { kind: 'x', size: 1 }),
          put('a', 1, 0, { kind: 'x', size: 2 }),
          put('b', 1, 0, { kind: 'y', size: 1 }),
          put('d', 1, 0, { kind: 'x', size: 1 }),
          put('e', 1, 0, { size: '1' }),
        ]),
      )
      const ids = async (rest: Partial<Query>) => (await done(store.find(query(rest)))).map(({ id }) => id)

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

    it('applies many writes at once, to several collections, each as by itself', async () => {
      await done(store.ensure({ name: 'others', indexes: [] }))
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
        const row = await done(store.get(index % 2 === 0 ? 'things' : 'others', `row ${id}`))
        expect(row?.body).toStrictEqual({ index })
      }
    })

    describe('find by a member', () => {
      const at = (id: string, kind: string, time: string) => put(id, 1, 0, { kind, time })
      beforeEach(async () => {
        await done(store.ensure({ name: 'things', indexes: [['time'], ['kind', 'time']] }))
        await apply([
          at('d', 'x', '2026-01-01'),
          at('a', 'x', '2026-01-03'),
          at('b', 'y', '2026-01-02'),
          at('c', 'x', '2026-01-02'),
        ])
      })
      const ids = async (range: Partial<NonNullable<Query['by']>>, rest: Partial<Query> = {}) => {
        const by = { member: 'time', from: null, below: null, ...range }
        return (await done(store.find(query({ by, ...rest })))).map(({ id }) => id)
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

    it('can be ensured again without losing anything, and starts empty after a drop', async () => {
      const collection = { name: 'things', indexes: [['kind'], ['kind', 'size']] }
      await apply([put('a', 1, 0)])
      await done(store.ensure(collection))
      expect(await get('a')).not.toBeNull()
      await done(store.drop('things'))
      await done(store.drop('things'))
      expect(await get('a')).toBeNull()
      await done(store.ensure(collection))
      await apply([put('b', 1, 0)])
      expect(await get('b')).not.toBeNull()
    })

    it('answers unreachable once closed', async () => {
      await store.close()
      expect(await store.get('things', 'a')()).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
      expect(await store.apply([put('a', 1, 0)], [])()).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
    })

    it('converges on the fold of the stream, whoever crashes where', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.uuid(), async (steps, id) => {
          const total = 12
          const project = async ({ projector, events, crashes }: Step): Promise<void> => {
            const checkpoint = { projection: `${id}-${projector}`, partition: 0 }
            const from = (await done(store.checkpoints(checkpoint.projection))).get(0) ?? 0
            const stored = (await get(id))?.version ?? 0
            const until = Math.min(total, from + events)
            const writes = until > stored ? [put(id, until, stored, folded(until))] : []
            await done(store.apply(writes, crashes ? [] : [{ ...checkpoint, n: until }]))
          }
          for (const each of steps) {
            const before = (await get(id))?.version ?? 0
            await project(each)
            expect((await get(id))?.version ?? 0).toBeGreaterThanOrEqual(before)
          }
          await project({ projector: 0, events: total, crashes: false })
          expect(await get(id)).toStrictEqual(document(id, total, folded(total)))
        }),
        { numRuns: 30 },
      )
    })
  })
}
