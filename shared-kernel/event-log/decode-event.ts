import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Decoder, Mixed, Validation } from 'io-ts'
import { exactly } from '../types/exactly.ts'
import { invalidMembers } from './invalid-members.ts'
import { ladderFlaws } from './ladder-flaws.ts'
import type { StoredEvent } from './stored-event.ts'
import type { Upcaster } from './upcaster.ts'
import { schemaName, type Versioned } from './versioned.ts'

type Stored = Pick<StoredEvent, 'type' | 'schema' | 'data'>

/** The codec of one event at one schema, which it names. */
type EventCodec<Event> = Mixed &
  Decoder<unknown, Event> &
  Readonly<{ type: { props: { type: { value: string }; schema: { value: number } } } }>

type Reader<Event> = Readonly<{ codec: Decoder<unknown, Event>; isExact: (value: unknown) => boolean }>

/** What an event's codec says it is. */
export const versionOf = ({ type: { props } }: Pick<EventCodec<unknown>, 'type'>): Versioned => ({
  type: props.type.value,
  schema: props.schema.value,
})

const byName = <A>(entries: ReadonlyArray<readonly [Versioned, A]>): ReadonlyMap<string, A> =>
  new Map(entries.map(([version, value]) => [schemaName(version), value]))

const remedy = ({ type, schema }: Stored, current: ReadonlyArray<Versioned>): string => {
  const highest = Math.max(0, ...current.filter(known => known.type === type).map(known => known.schema))
  if (highest === 0) return 'this version knows no such event; run one that does'
  return schema > highest ? `this version reads up to ${highest}; run a newer one` : 'there is no such schema'
}

/**
 * Reads a stored event as one of the current schemas: the upcasters step by step, then the codec. An unknown type or
 * schema, and data its codec refuses, come back as words without any payload. Throws where some older schema could not
 * be read: that is a defect of the code.
 */
export const eventDecoder = <Event>(
  codecs: ReadonlyArray<EventCodec<Event>>,
  upcasters: ReadonlyArray<Upcaster>,
): ((event: Stored) => E.Either<string, Event>) => {
  const current = codecs.map(versionOf)
  const flaws = ladderFlaws(current, upcasters)
  if (flaws.length > 0) throw new TypeError(flaws.join('; '))
  const steps = byName(upcasters.map(step => [step, step.upcast]))
  const readers = byName<Reader<Event>>(codecs.map(codec => [versionOf(codec), { codec, isExact: exactly(codec) }]))

  const climb = (event: Stored): Validation<Stored> => {
    const step = steps.get(schemaName(event))
    if (step === undefined) return E.right(event)
    return pipe(
      step(event.data),
      E.chain(data => climb({ type: event.type, schema: event.schema + 1, data })),
    )
  }

  const decode = (event: Stored): Validation<Event> => {
    const reader = readers.get(schemaName(event))
    return reader === undefined ? E.left([]) : reader.codec.decode(event)
  }

  return ({ type, schema, data }) => {
    const event = { type, schema, data }
    const name = schemaName(event)
    const reader = readers.get(name)
    // As its codec would leave it: most events of a long log.
    if (reader?.isExact(event)) return E.right(event as Event)
    if (reader === undefined && !steps.has(name))
      return E.left(`event ${type} of schema ${schema} is unknown: ${remedy(event, current)}`)
    return pipe(
      climb(event),
      E.chain(decode),
      E.mapLeft(errors => `event ${type} of schema ${schema} is malformed at ${invalidMembers(errors)}`),
    )
  }
}
