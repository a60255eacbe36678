import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Type, Validation } from 'io-ts'
import { exactly } from '../types/exactly.ts'
import { invalidMembers } from './invalid-members.ts'
import type { StoredEvent } from './stored-event.ts'
import type { Upcaster } from './upcaster.ts'

type Versioned = Pick<StoredEvent, 'type' | 'schema' | 'data'>

const stepKey = ({ type, schema }: Pick<Upcaster, 'type' | 'schema'>): string => `${type}@${schema}`

const climb = (steps: ReadonlyMap<string, Upcaster['upcast']>, event: Versioned): Validation<Versioned> => {
  const step = steps.get(stepKey(event))
  if (step === undefined) return E.right(event)
  return pipe(
    step(event.data),
    E.chain(data => climb(steps, { type: event.type, schema: event.schema + 1, data })),
  )
}

/**
 * Reads a stored event as its newest schema: the upcasters step by step, then the codec. An unknown type or schema, and
 * data its codec refuses, come back as words without any payload.
 */
export const eventDecoder = <Event>(newest: Type<Event, unknown>, upcasters: ReadonlyArray<Upcaster>) => {
  const steps = new Map(upcasters.map(upcaster => [stepKey(upcaster), upcaster.upcast]))
  const isExact = exactly(newest)

  // Nothing to climb, and as the newest codec would leave it: most events of a long log.
  const asItIs = (event: Versioned): Event | null =>
    !steps.has(stepKey(event)) && isExact(event) ? (event as Event) : null

  return ({ type, schema, data }: Versioned): E.Either<string, Event> => {
    const known = asItIs({ type, schema, data })
    if (known !== null) return E.right(known)
    return pipe(
      climb(steps, { type, schema, data }),
      E.chain(newest.decode),
      E.mapLeft(errors => `event ${type} of schema ${schema} is unknown or malformed at ${invalidMembers(errors)}`),
    )
  }
}
