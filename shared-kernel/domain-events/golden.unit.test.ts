import { readdirSync, readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { domainEvent } from './domain-event.ts'

const folder = new URL('./golden/', import.meta.url)

const fixtures = readdirSync(folder).map(name => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  return { name, text, json: JSON.parse(text) as { type: string; schema: number } }
})

const kebab = (type: string): string => type.replace(/(?<!^)[A-Z]/g, letter => `-${letter}`).toLowerCase()

describe.each(fixtures)('the event once stored as $name', ({ name, json }) => {
  it('is named after its type and schema', () => {
    expect(name).toBe(`${kebab(json.type)}.${json.schema}.json`)
  })

  it('is still read, and written as it was', () => {
    const decoded = domainEvent.decode(json)
    expect(E.isRight(decoded) && domainEvent.encode(decoded.right)).toStrictEqual(json)
  })

  it('is refused without its data, or with a wrong type or schema', () => {
    for (const difference of [{ data: undefined }, { type: 'Nothing' }, { schema: 0 }]) {
      expect(E.isLeft(domainEvent.decode({ ...json, ...difference }))).toBe(true)
    }
  })
})

describe('the fixtures', () => {
  it('hold every event that can have happened, at its newest schema', () => {
    const members = domainEvent.types.map(({ type: { props } }) => `${props.type.value} ${props.schema.value}`)
    expect(fixtures.map(({ json }) => `${json.type} ${json.schema}`)).toStrictEqual(expect.arrayContaining(members))
  })
})
