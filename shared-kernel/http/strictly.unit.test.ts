import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { strictly } from './strictly.ts'

const small = t.refinement(t.number, value => value < 10, 'a small number')
const file = t.intersection([
  t.strict({ name: t.string }),
  t.exact(t.partial({ mode: t.union([t.string, small], 'a name or a small number') })),
])
const codec = t.intersection(
  [
    t.strict({ lang: t.string }),
    t.exact(
      t.partial({
        limits: t.exact(t.partial({ cpu: small }), 'some limits'),
        files: t.readonlyArray(file, 'a list'),
        any: t.unknown,
      }),
    ),
  ],
  'an object',
)

const read = strictly(codec)
const errors = (input: unknown) => {
  const result = read(input)
  return E.isLeft(result) ? result.left.map(({ field, message }) => `${field} ${message}`) : []
}

describe('a value the codec knows', () => {
  it.each([
    { lang: 'c' },
    { lang: 'c', limits: {}, files: [] },
    { lang: 'c', limits: { cpu: 1 }, files: [{ name: 'a' }, { name: 'b', mode: 2 }] },
    { lang: 'c', any: { thing: ['at', { all: 1 }] } },
  ])('comes back as it is: %j', input => {
    expect(read(input)).toStrictEqual(E.right(input))
  })
})

describe('a member the codec does not know', () => {
  it.each([
    [{ lang: 'c', foo: 1 }, 'foo is not a known field'],
    [{ lang: 'c', limits: { cpu: 1, cores: 2 } }, 'limits.cores is not a known field'],
    [{ lang: 'c', files: [{ name: 'a' }, { name: 'b', size: 1 }] }, 'files[1].size is not a known field'],
    [JSON.parse('{"lang": "c", "__proto__": {"x": 1}}'), '__proto__ is not a known field'],
    [{ lang: 'c', constructor: 1 }, 'constructor is not a known field'],
  ])('is refused by name: %j', (input, expected) => {
    expect(errors(input)).toStrictEqual([expected])
  })

  it('is refused wherever it stands, whatever it is called', () => {
    void fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (name, value) => {
        fc.pre(!['lang', 'limits', 'files', 'any'].includes(name))
        const input = Object.fromEntries([
          ['lang', 'c'],
          [name, value],
        ])
        return errors(input).some(error => error.endsWith('is not a known field'))
      }),
    )
  })
})

describe('a member that is wrong', () => {
  it.each([
    [{}, ['lang is required']],
    [{ lang: 1 }, ['lang must be string']],
    [{ lang: 'c', limits: { cpu: 11 } }, ['limits.cpu must be a small number']],
    [{ lang: 'c', limits: 5 }, ['limits must be some limits']],
    [{ lang: 'c', files: {} }, ['files must be a list']],
    [{ lang: 'c', files: [{ name: 'a' }, {}] }, ['files[1].name is required']],
    [{ lang: 'c', files: [{ name: 'a', mode: true }] }, ['files[0].mode must be a name or a small number']],
    [
      { limits: { cpu: 'x', y: 1 } },
      ['lang is required', 'limits.cpu must be a small number', 'limits.y is not a known field'],
    ],
  ])('is named with what it must be: %j', (input, expected) => {
    expect(errors(input)).toStrictEqual(expected)
  })

  it.each([null, 5, 'text', []])('the whole value: %j', input => {
    expect(errors(input)).toStrictEqual(['body must be an object'])
  })
})

describe('a value with more faults than anybody reads', () => {
  it('is answered in short', () => {
    const unknown = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${'x'.repeat(1_000)}${index}`, 1]))
    expect(errors({ lang: 'c', ...unknown })).toHaveLength(100)
    expect(errors({ lang: 'c', ...unknown }).join('').length).toBeLessThan(30_000)
  })
})
