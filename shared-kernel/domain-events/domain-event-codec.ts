import * as t from 'io-ts'

/** The codec of one event type at one schema. Stored types are never renamed. */
export const domainEventCodec = <Type extends string, Schema extends number, Data extends t.Mixed>(
  type: Type,
  schema: Schema,
  data: Data,
) => t.strict({ type: t.literal(type), schema: t.literal(schema), data }, type)
