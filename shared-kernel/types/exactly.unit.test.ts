import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { exactly } from './exactly.ts'
import { naturalNumber } from './primitives.ts'

const codec = t.strict({
  kind: t.keyof({ a: null, b: null }),
  count: naturalNumber,
  list: t.readonlyArray(t.union([t.strict({ x: t.literal('x') }), t.null])),
  both: t.intersection([t.strict({ one: t.string }), t.strict({ two: t.boolean })]),
  later: t.intersection([t.strict({ first: t.string }), t.exact(t.partial({ second: t.boolean, third: t.string }))]),
  counts: t.record(t.string, t.number),
  anything: t.unknown,
})

const value = {
  kind: 'a',
  count: 1,
  list: [{ x: 'x' }, null],
  both: { one: '', two: true },
  later: { first: '' },
  counts: { one: 1 },
  anything: [1],
}

/** Values near enough to the codec that every check is met, by any member changed, left out or added. */
const near = fc.record(
  {
    kind: fc.constantFrom('a', 'b', 'c', 1),
    count: fc.constantFrom(0, 7, -1, 1.5, '1'),
    list: fc.constantFrom([], [null], [{ x: 'x' }], [{ x: 'y' }], [{ x: 'x', more: 1 }], {}, null),
    both: fc.constantFrom({ one: 'a', two: false }, { one: 'a' }, { one: 'a', two: true, three: 3 }, []),
    later: fc.constantFrom(
      { first: '', second: true, third: '' },
      { first: '', second: 1 },
      { first: '', fourth: 1 },
      {},
    ),
    counts: fc.constantFrom({}, { a: 1, b: 2 }, { a: 1, b: '2' }, [], null),
    anything: fc.jsonValue(),
    more: fc.constant(1),
  },
  { requiredKeys: [] },
)

describe('an exact check', () => {
  it('holds for what the codec leaves as it is', () => {
    expect(exactly(codec)(value)).toBe(true)
    expect(exactly(codec)({ ...value, later: { first: '', third: '' } })).toBe(true)
    expect(exactly(codec)({ ...value, later: { first: '', third: 3 } })).toBe(false)
    expect(exactly(codec)({ ...value, more: 1 })).toBe(false)
    expect(exactly(codec)({ ...value, count: -1 })).toBe(false)
  })

  it('never holds for what the codec refuses or changes', () =>
    fc.assert(
      fc.property(near, changes => {
        const candidate: unknown = { ...value, ...changes }
        if (!exactly(codec)(candidate)) return
        const decoded = codec.decode(candidate)
        expect(isRight(decoded) && decoded.right).toStrictEqual(candidate)
      }),
    ))

  it('says nothing of members that two parts of a codec speak of', () => {
    const twice = t.intersection([t.strict({ one: t.string }), t.exact(t.partial({ one: t.literal('1') }))])
    expect(exactly(twice)({ one: '1' })).toBe(false)
  })

  it('says nothing of codecs that it does not know', () => {
    const custom = new t.Type<string, number>('custom', t.string.is, t.string.validate, Number)
    expect(exactly(custom)('1')).toBe(false)
    expect(exactly(t.strict({ custom }))({ custom: '1' })).toBe(false)
  })
})
