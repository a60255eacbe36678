import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { eventDecoder } from './decode-event.ts'
import { upcaster } from './upcaster.ts'

const teaBrewed = t.strict({
  type: t.literal('TeaBrewed'),
  schema: t.literal(3),
  data: t.strict({ leaf: t.string, grams: t.number, cups: t.number }),
})

const fromFirst = upcaster({
  ...{ type: 'TeaBrewed', schema: 1 },
  from: t.strict({ tea: t.string }),
  step: ({ tea }) => ({ leaf: tea, grams: 5 }),
})

const fromSecond = upcaster({
  ...{ type: 'TeaBrewed', schema: 2 },
  from: t.strict({ leaf: t.string, grams: t.number }),
  step: data => ({ ...data, cups: 1 }),
})

const decode = eventDecoder([teaBrewed], [fromSecond, fromFirst])
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

describe('given an event this version does not know', () => {
  it.each([
    ['a later schema', event(4, brewed.data), 'reads up to 3; run a newer one'],
    ['no schema that ever was', event(0, brewed.data), 'there is no such schema'],
    ['another type', { type: 'CoffeeBrewed', schema: 1, data: {} }, 'knows no such event; run one that does'],
  ])('says of %s what to do', (_, unknown, remedy) => {
    const said = decode(unknown)
    expect(said).toStrictEqual(
      E.left(expect.stringContaining(`${unknown.type} of schema ${unknown.schema} is unknown`)),
    )
    expect(said).toStrictEqual(E.left(expect.stringContaining(remedy)))
  })
})

describe('given an event that is not as its schema says', () => {
  it.each([
    ['of an older schema', event(1, { tea: 7 }), 'tea'],
    ['of the schema before', event(2, { leaf: 'a secret leaf' }), 'grams'],
    ['of the newest', event(3, { leaf: 'a secret leaf' }), 'data.grams, data.cups'],
  ])('names the members %s, without their values', (_, malformed, members) => {
    expect(decode(malformed)).toStrictEqual(
      E.left(`event TeaBrewed of schema ${malformed.schema} is malformed at ${members}`),
    )
  })
})

it('is not made where some schema could not be read', () => {
  expect(() => eventDecoder([teaBrewed], [fromFirst])).toThrow('TeaBrewed@2 is neither current nor upcast')
})
