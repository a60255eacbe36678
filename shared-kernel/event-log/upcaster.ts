import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Type, Validation } from 'io-ts'
import type { Versioned } from './versioned.ts'

/** The one step that takes the data of an event `type` from `schema` to the next. Pure, and total on what its codec takes. */
export type Upcaster = Versioned & Readonly<{ upcast: (data: unknown) => Validation<unknown> }>

type Step<Before, After> = Versioned &
  Readonly<{
    /** The data as it was written: the codec of then, kept as it was. */
    from: Type<Before, unknown>
    /** The data as the next schema has it. */
    step: (data: Before) => After
  }>

/** `After` is the data of the next schema. What it says must follow from what was written: nothing is made up. */
export const upcaster = <Before, After>({ type, schema, from, step }: Step<Before, After>): Upcaster => ({
  type,
  schema,
  upcast: data => pipe(from.decode(data), E.map(step)),
})
