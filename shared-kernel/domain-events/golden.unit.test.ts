import { readdirSync, readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { eventDecoder, versionOf } from '../event-log/decode-event.ts'
import { schemaName } from '../event-log/versioned.ts'
import { type DomainEvent, domainEvent } from './domain-event.ts'
import { upcasters } from './upcasters.ts'

type Stored = Readonly<{ type: string; schema: number; data: unknown }>

const folder = new URL('./golden/', import.meta.url)

const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

const upcast = '.upcast.json'

const names = readdirSync(folder).toSorted()

const stored = names
  .filter(name => !name.endsWith(upcast))
  .map(name => ({ name, json: JSON.parse(textOf(name)) as Stored }))

const read = eventDecoder<DomainEvent>(domainEvent.types, upcasters)

const kebab = (type: string): string => type.replace(/(?<!^)[A-Z]/g, letter => `-${letter}`).toLowerCase()

const current: ReadonlySet<string> = new Set(domainEvent.types.map(versionOf).map(schemaName))

/** Members that came to a schema after its first event had been written: older code may pass over them without harm. */
const addedLater: ReadonlySet<string> = new Set([
  'SubmissionReceived@1 replayImage',
  'SubmissionReceived@1 compileArgs',
  'SubmissionReceived@1 tests',
  'SubmissionReceived@1 outputs',
  'SubmissionReceived@1 outputLimits',
  'SubmissionReceived@2 outputLimits',
  'ExecutionCompleted@2 tests',
  'OutputFilesCollected@1 cut',
  'OutputFilesCollected@2 cut',
])

describe.each(stored)('the event once stored as $name', ({ name, json }) => {
  it('is named after its type and schema', () => {
    expect(name).toMatch(new RegExp(`^${kebab(json.type)}\\.${json.schema}(\\.[a-z-]+)?\\.json$`))
  })

  it('is read as it was written, or as what its schema has become', () => {
    const expected = current.has(schemaName(json)) ? json : JSON.parse(textOf(name.replace('.json', upcast)))
    expect(read(json)).toStrictEqual(E.right(expected))
  })

  it('is written as it was, where its schema is current', () => {
    const event = read(json)
    const isCurrent = E.isRight(event) && event.right.schema === json.schema
    expect(isCurrent).toBe(current.has(schemaName(json)))
    expect(isCurrent ? domainEvent.encode(event.right) : json).toStrictEqual(json)
  })

  it('is refused without its data, or with a wrong type or schema', () => {
    for (const difference of [{ data: undefined }, { type: 'Nothing' }, { schema: 0 }, { schema: 99 }]) {
      expect(E.isLeft(read({ ...json, ...difference }))).toBe(true)
    }
  })

  it('is refused without any member of its data that its schema has always had', () => {
    const { data } = json
    if (typeof data !== 'object' || data === null) throw new Error('its data is no record')
    for (const member of Object.keys(data)) {
      const { [member]: _, ...others } = data as Record<string, unknown>
      const isOptional = addedLater.has(`${schemaName(json)} ${member}`)
      expect([member, E.isRight(read({ ...json, data: others }))]).toStrictEqual([member, isOptional])
    }
  })
})

describe('the fixtures', () => {
  it('hold every event there is or ever was, at every schema', () => {
    const schemas = [...current, ...upcasters.map(schemaName)].toSorted()
    expect([...new Set(stored.map(({ json }) => schemaName(json)))].toSorted()).toStrictEqual(schemas)
  })

  it('say what has become of every schema that is no longer current, and of no other', () => {
    const older = stored.filter(({ json }) => !current.has(schemaName(json))).map(({ name }) => name)
    expect(
      names
        .filter(name => name.endsWith(upcast))
        .map(name => name.replace(upcast, '.json'))
        .toSorted(),
    ).toStrictEqual(older)
  })
})
