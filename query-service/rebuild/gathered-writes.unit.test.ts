import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import type { ReadModelStore, Write } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gatherWrites } from './gathered-writes.ts'

const collection = 'results'
const ids = ['a', 'b', 'c']

const put = (id: string, expected: number, version: number): Write => ({
  ...{ kind: 'put', collection, expected },
  document: { id, version, body: { version } },
})

/** What a fold writes of documents, each time from what it wrote before: some more events, or the end of a document. */
const history = fc
  .array(fc.record({ id: fc.constantFrom(...ids), events: fc.integer({ min: 1, max: 3 }), ends: fc.nat(4) }))
  .map(steps => {
    const versions = new Map<string, number>()
    return steps.flatMap(({ id, events, ends }): ReadonlyArray<Write> => {
      const known = versions.get(id) ?? 0
      if (known === Number.POSITIVE_INFINITY) return []
      const isOver = ends === 0 && known > 0
      versions.set(id, isOver ? Number.POSITIVE_INFINITY : known + events)
      return [isOver ? { kind: 'delete', collection, id, expected: known } : put(id, known, known + events)]
    })
  })

const commit = (p: number, n: number) => ({
  ...{ p, n, s: 's', v: 1, k: 0 },
  ...{ events: '[]', meta: '{}', recordedAt: '', hash: '' },
})

const storeWith = async (stored: Readonly<Record<string, number>>): Promise<ReadModelStore> => {
  const store = openInMemoryReadModelStore()
  rightOf(await store.ensure({ name: collection, indexes: [] })())
  const writes = Object.entries(stored).map(([id, version]) => put(id, 0, version))
  rightOf(await store.apply(writes, [])())
  return store
}

const held = (store: ReadModelStore) =>
  Promise.all(ids.map(async id => rightOf(await store.get(collection, id)())?.version ?? null))

describe('writes that are gathered', () => {
  it('come to the same as one after another, also over what a run that was cut off has left', async () => {
    const left = fc.dictionary(fc.constantFrom(...ids), fc.integer({ min: 1, max: 9 }))
    await fc.assert(
      fc.asyncProperty(history, left, fc.integer({ min: 1, max: 4 }), async (writes, stored, pagesTogether) => {
        const [apart, together] = [await storeWith(stored), await storeWith(stored)]
        const gathered = gatherWrites('results')
        for (const [page, write] of writes.entries()) {
          rightOf(await apart.apply([write], [])())
          gathered.add([write], [])
          if (page % pagesTogether === 0) rightOf(await together.apply(gathered.take().writes, [])())
        }
        rightOf(await together.apply(gathered.takeAll().writes, [])())
        expect(await held(together)).toStrictEqual(await held(apart))
      }),
    )
  })

  it('tell of a document what it will be', () => {
    const gathered = gatherWrites('results')
    gathered.add([put('a', 0, 1), put('b', 0, 2)], [])
    gathered.add([put('a', 1, 4), { kind: 'delete', collection, id: 'b', expected: 2 }], [])
    expect(ids.map(id => gathered.document(id))).toStrictEqual([
      { id: 'a', version: 4, body: { version: 4 } },
      null,
      undefined,
    ])
    gathered.takeAll()
    expect(gathered.document('a')).toBeUndefined()
  })

  it('are kept back where the last page was the first to change a document, and so are positions', () => {
    const gathered = gatherWrites('results')
    const row: Write = { kind: 'insert', collection: 'rows', document: { id: 'r', version: 1, body: {} } }
    gathered.add([put('a', 0, 1)], [commit(1, 1)])
    gathered.add([put('a', 1, 2), put('b', 0, 1), row], [commit(1, 2), commit(2, 1)])
    expect(gathered.take()).toStrictEqual({
      writes: [row, put('a', 0, 2)],
      checkpoints: [{ projection: 'results', partition: 1, n: 1 }],
    })
    expect(gathered.document('a')).toBeUndefined()
    gathered.add([put('b', 1, 2), put('c', 0, 1)], [commit(2, 2)])
    expect(gathered.take()).toStrictEqual({
      writes: [put('b', 0, 2)],
      checkpoints: [
        { projection: 'results', partition: 1, n: 2 },
        { projection: 'results', partition: 2, n: 1 },
      ],
    })
    expect(gathered.takeAll().writes).toStrictEqual([put('c', 0, 1)])
  })

  it('go all at once where something is deleted, whose guard is gone with it', () => {
    const gathered = gatherWrites('results')
    const deletion: Write = { kind: 'delete', collection, id: 'a', expected: 4 }
    gathered.add([deletion], [commit(1, 1)])
    gathered.add([put('b', 0, 1)], [commit(1, 2)])
    expect(gathered.take()).toStrictEqual({
      writes: [deletion, put('b', 0, 1)],
      checkpoints: [{ projection: 'results', partition: 1, n: 2 }],
    })
  })

  it('go with the last position of each partition, once', () => {
    const gathered = gatherWrites('results')
    gathered.add([], [commit(1, 1), commit(2, 7)])
    gathered.add([], [commit(1, 2)])
    expect(gathered.takeAll()).toStrictEqual({
      writes: [],
      checkpoints: [
        { projection: 'results', partition: 1, n: 2 },
        { projection: 'results', partition: 2, n: 7 },
      ],
    })
  })
})
