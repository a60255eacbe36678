import type { Validation } from 'io-ts'

/** The one step that takes the data of an event `type` from `schema` to the next. Pure. */
export type Upcaster = Readonly<{
  type: string
  schema: number
  upcast: (data: unknown) => Validation<unknown>
}>

/** Every step there is. A step stays for ever: what was written with its schema is never rewritten. */
export const upcasters: ReadonlyArray<Upcaster> = []
