import { domainEvent } from '../domain-events/domain-event.ts'
import { upcasters } from './upcaster.ts'

/** What tells how an event's data is to be read. */
export type Versioned = Readonly<{ type: string; schema: number }>

export const schemaName = ({ type, schema }: Versioned): string => `${type}@${schema}`

const newest: ReadonlyArray<Versioned> = domainEvent.types.map(({ type: { props } }) => ({
  type: props.type.value,
  schema: props.schema.value,
}))

/** Every schema this version reads: the newest of each event, and what can be upcast to it. */
export const readableSchemas: ReadonlySet<string> = new Set([...newest, ...upcasters].map(schemaName))
