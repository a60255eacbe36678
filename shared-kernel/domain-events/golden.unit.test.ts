import { readdirSync, readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { eventDecoder } from '../event-log/decode-event.ts'
import { upcasters } from '../event-log/upcaster.ts'
import { domainEvent } from './domain-event.ts'

const folder = new URL('./golden/', import.meta.url)

const fixtures = readdirSync(folder).map(name => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  return { name, json: JSON.parse(text) as { type: string; schema: number; data: unknown } }
})

const read = eventDecoder(domainEvent, upcasters)

const kebab = (type: string): string => type.replace(/(?<!^)[A-Z]/g, letter => `-${letter}`).toLowerCase()

describe.each(fixtures)('the event once stored as $name', ({ name, json }) => {
  it('is named after its type and schema', () => {
    expect(name).toBe(`${kebab(json.type)}.${json.schema}.json`)
  })

  it('is still read', () => {
    expect(read(json)).toStrictEqual(E.right(expect.objectContaining({ type: json.type })))
  })

  it('is written as it was, where its schema is the newest', () => {
    const event = read(json)
    const isNewest = E.isRight(event) && event.right.schema === json.schema
    expect(isNewest ? domainEvent.encode(event.right) : json).toStrictEqual(json)
  })

  it('is refused without its data, or with a wrong type or schema', () => {
    for (const difference of [{ data: undefined }, { type: 'Nothing' }, { schema: 0 }]) {
      expect(E.isLeft(read({ ...json, ...difference }))).toBe(true)
    }
  })
})

describe('the fixtures', () => {
  it('hold every event that can have happened, at its newest schema', () => {
    const members = domainEvent.types.map(({ type: { props } }) => `${props.type.value} ${props.schema.value}`)
    expect(fixtures.map(({ json }) => `${json.type} ${json.schema}`)).toStrictEqual(expect.arrayContaining(members))
  })
})
