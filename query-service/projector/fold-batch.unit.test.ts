import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { defineProjection } from './define-projection.ts'
import { type FeedItem, foldBatch, selectEvents } from './fold-batch.ts'

const projection = defineProjection({
  name: 'lengths',
  version: 2,
  indexes: [],
  rows: [{ name: 'seen', indexes: [] }],
  documentOf: ({ stream }) => (stream.startsWith('other') ? null : stream),
  body: t.strict({ length: t.number }),
  handle: (body, { version }) =>
    version === 9
      ? { body: null, rows: [] }
      : { body: { length: (body?.length ?? 0) + 1 }, rows: [{ collection: 'seen', id: `r${version}`, body: {} }] },
})

const commit = (stream: string, n: number, versions: ReadonlyArray<number>): FeedItem => ({
  decoded: true,
  stream,
  position: { p: 0, n },
  events: versions.map(version => ({ stream, version, position: { p: 0, n } }) as unknown as RecordedEvent),
})
const broken = (stream: string, n: number): FeedItem => ({
  decoded: false,
  stream,
  position: { p: 0, n },
  version: 5,
  error: 'unreadable',
})

const fold = (items: ReadonlyArray<FeedItem>, isParked: (stream: string) => boolean = () => false) =>
  foldBatch(projection, selectEvents(projection, items, isParked), new Map())

describe('folding a batch', () => {
  it('writes each document once, after its rows', () => {
    const { writes } = fold([commit('a', 1, [1, 2]), commit('other', 2, [1]), commit('a', 3, [3])])
    expect(writes.map(({ kind, collection }) => `${kind} ${collection}`)).toStrictEqual([
      'insert lengths_seen__v2',
      'insert lengths_seen__v2',
      'insert lengths_seen__v2',
      'put lengths__v2',
    ])
    expect(writes.at(-1)).toMatchObject({ document: { id: 'a', version: 3, body: { length: 3 } }, expected: 0 })
  })

  it('deletes only what was stored', () => {
    expect(fold([commit('a', 1, [9])]).writes).toStrictEqual([])
    const stored = new Map([['a', { id: 'a', version: 8, body: { length: 8 } }]])
    const selected = selectEvents(projection, [commit('a', 1, [9])], () => false)
    expect(foldBatch(projection, selected, stored).writes).toStrictEqual([
      { kind: 'delete', collection: 'lengths__v2', id: 'a', expected: 8 },
    ])
  })

  it('parks a stream at the commit that cannot be read, and leaves out what follows', () => {
    const { writes, parked } = fold([commit('a', 1, [4]), broken('a', 2), broken('a', 3), commit('a', 4, [6])])
    expect(parked).toStrictEqual([
      { projection: 'lengths__v2', stream: 'a', position: { p: 0, n: 2 }, version: 5, error: 'unreadable' },
    ])
    expect(writes.at(-1)).toMatchObject({ kind: 'put', document: { version: 4 } })
  })

  it('leaves out streams that were parked before', () => {
    expect(fold([commit('a', 1, [1]), broken('a', 2)], stream => stream === 'a')).toStrictEqual({
      writes: [],
      parked: [],
    })
  })
})
