import * as t from 'io-ts'
import { domainEventCodec } from './domain-event-codec.ts'

export const cancellationRequested = domainEventCodec(
  'CancellationRequested',
  1,
  t.strict({ who: t.string, why: t.string }),
)
export type CancellationRequested = t.TypeOf<typeof cancellationRequested>
