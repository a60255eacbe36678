import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

const plainNumber = fc.oneof(
  fc.maxSafeInteger().map(value => value + 0),
  fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 1, max: 99 })).map(([a, b]) => a + b / 100),
)

const plainData = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    plainNumber,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
  ),
})).value

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const)
  return Object.fromEntries(entries.reverse())
}

describe('given plain data', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(plainData, data => {
        expect(JSON.parse(canonicalJson(data))).toEqual(data)
      }),
    )
  })

  it('has one text, in whatever order its members were set', () => {
    fc.assert(
      fc.property(plainData, data => {
        expect(canonicalJson(reversed(data))).toBe(canonicalJson(data))
      }),
    )
  })

  it('is written as RFC 8785 writes it', () => {
    expect(
      canonicalJson({
        numbers: [4.5, 0.002, 10, -7],
        string: '\u20ac$\u000f\nA\'B"\\\\"/',
        literals: [null, true, false],
      }),
    ).toBe('{"literals":[null,true,false],"numbers":[4.5,0.002,10,-7],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  })

  it('sorts members by UTF-16 code units, integers among them', () => {
    const members = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '10': 5, '9': 6, '😀': 7, '\u0080': 8, ö: 9 }
    expect(Object.keys(JSON.parse(canonicalJson([members]))[0])).toHaveLength(9)
    expect([...canonicalJson(members).matchAll(/:(\d)/g)].map(([, digit]) => digit).join('')).toBe('245689173')
  })
})

describe('given what would not come back as it went in', () => {
  it.each([
    ['undefined', undefined],
    ['a member that is undefined', { a: undefined }],
    ['a hole', new Array(1)],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a symbol', Symbol('a')],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['-0', -0],
    ['an unsafe integer', 2 ** 53],
    ['a number with an exponent', 1e-7],
    ['a lone surrogate', 'a\ud800'],
    ['a member named by one', { '\udc00': 1 }],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    ['a map', new Map()],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson({ nested: [value] })).toThrow(TypeError)
  })
})
