import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { eventDecoder } from './decode-event.ts'
import type { Upcaster } from './upcaster.ts'

const teaBrewed = t.strict({
  type: t.literal('TeaBrewed'),
  schema: t.literal(3),
  data: t.strict({ leaf: t.string, grams: t.number, cups: t.number }),
})

const fromFirst: Upcaster = {
  type: 'TeaBrewed',
  schema: 1,
  upcast: flow(
    t.strict({ tea: t.string }).decode,
    E.map(({ tea }) => ({ leaf: tea, grams: 5 })),
  ),
}

const fromSecond: Upcaster = {
  type: 'TeaBrewed',
  schema: 2,
  upcast: flow(
    t.strict({ leaf: t.string, grams: t.number }).decode,
    E.map(data => ({ ...data, cups: 1 })),
  ),
}

const decode = eventDecoder(teaBrewed, [fromSecond, fromFirst])
const event = (schema: number, data: unknown) => ({ type: 'TeaBrewed', schema, data })
const brewed = { type: 'TeaBrewed', schema: 3, data: { leaf: 'oolong', grams: 5, cups: 1 } }

describe('given an event of an older schema', () => {
  it('climbs every step to the newest', () => {
    expect(decode(event(1, { tea: 'oolong' }))).toStrictEqual(E.right(brewed))
  })

  it('begins at the step of its own schema', () => {
    expect(decode(event(2, { leaf: 'oolong', grams: 5 }))).toStrictEqual(E.right(brewed))
    expect(decode(event(3, brewed.data))).toStrictEqual(E.right(brewed))
  })
})

describe('given an event nobody knows', () => {
  it.each([
    ['a later schema', event(4, brewed.data)],
    ['another type', { type: 'CoffeeBrewed', schema: 1, data: {} }],
    ['malformed data of an older schema', event(1, { tea: 7 })],
    ['malformed data of the newest', event(3, { leaf: 'a secret leaf' })],
  ])('says so of %s, without its payload', (_, unknown) => {
    const said = decode(unknown)
    expect(said).toStrictEqual(
      E.left(expect.stringContaining(`event ${unknown.type} of schema ${unknown.schema} is unknown or malformed at `)),
    )
    expect(JSON.stringify(said)).not.toContain('secret')
  })
})
