import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRecent } from './recent.ts'

it('knows the last names with the newest value of each, and never many more', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 200 }), names => {
      const recent = createRecent<number>(4)
      for (const [index, name] of names.entries()) recent.set(String(name), index)
      const last = [...new Set(names.toReversed())].slice(0, 4)
      expect(last.map(name => recent.get(String(name)))).toStrictEqual(last.map(name => names.lastIndexOf(name)))
      const known = Array.from({ length: 13 }, (_, name) => recent.get(String(name))).filter(at => at !== undefined)
      expect(known.length).toBeLessThanOrEqual(8)
    }),
  )
})

it('forgets what is deleted, however long ago it was set', () => {
  const recent = createRecent<string>(1)
  for (const name of ['a', 'b', 'a']) recent.set(name, name)
  recent.delete('a')
  expect([recent.get('a'), recent.get('b')]).toStrictEqual([undefined, 'b'])
})
