import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { defineProjection } from './define-projection.ts'

const event = (version: number): RecordedEvent => ({ version, stream: 's' }) as unknown as RecordedEvent

const numbers = defineProjection({
  name: 'numbers',
  version: 3,
  indexes: [],
  rows: [{ name: 'seen', indexes: [] }],
  documentOf: ({ stream }) => stream,
  body: t.strict({ sum: t.number }),
  handle: (body, { version }) => {
    if (version === 13) throw new Error('unlucky')
    const row = { collection: 'seen', id: `${version}`, body: {} }
    return { body: version === 20 ? null : { sum: (body?.sum ?? 0) + version }, rows: [row] }
  },
})

describe('folding events into a document', () => {
  it('begins with nothing', () => {
    expect(numbers.fold(null, [event(1), event(2)], 's')).toStrictEqual({
      body: { sum: 3 },
      version: 2,
      rows: ['1', '2'].map(id => ({ collection: 'seen', id, body: {} })),
      poison: null,
    })
  })

  it('leaves out what the stored document has seen', () => {
    const stored = { id: 's', version: 2, body: { sum: 3 } }
    expect(numbers.fold(stored, [event(1), event(2), event(3)], 's')).toMatchObject({ body: { sum: 6 }, version: 3 })
    expect(numbers.fold(stored, [event(2)], 's')).toStrictEqual({
      body: { sum: 3 },
      version: 2,
      rows: [],
      poison: null,
    })
  })

  it('stops at an event that cannot be handled, keeping what came before', () => {
    const folded = numbers.fold({ id: 's', version: 11, body: { sum: 1 } }, [event(12), event(13), event(14)], 's')
    expect(folded).toMatchObject({
      body: { sum: 13 },
      version: 12,
      rows: [{ id: '12' }],
      poison: { event: { version: 13 }, error: 'unlucky' },
    })
  })

  it('stops at once where the stored document is not its own', () => {
    const foreign = { id: 's', version: 1, body: { total: 1 } }
    expect(numbers.fold(foreign, [event(2)], 's')).toMatchObject({
      body: { total: 1 },
      version: 1,
      rows: [],
      poison: { event: { version: 2 }, error: expect.stringContaining('does not decode') },
    })
  })

  it('does not hold bodies against their codec where it need not', () => {
    const stored = { id: 's', version: 2, body: { sum: 3 } }
    const events = [event(2), event(3), event(4)]
    expect(numbers.foldUnchecked?.(stored, events, 's')).toStrictEqual(numbers.fold(stored, events, 's'))
    const foreign = { id: 's', version: 1, body: { total: 1 } }
    expect(numbers.foldUnchecked?.(foreign, [event(2)], 's')).toMatchObject({ body: { sum: 2 }, poison: null })
  })

  it('can end a document', () => {
    expect(numbers.fold({ id: 's', version: 19, body: { sum: 1 } }, [event(20)], 's')).toMatchObject({
      body: null,
      version: 20,
    })
  })
})
