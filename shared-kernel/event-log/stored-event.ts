import * as t from 'io-ts'
import { eventId } from '../types/ids.ts'
import { isoDateTime, positiveInteger } from '../types/primitives.ts'

/** One event as it stands in a commit's `events`: `data` has the shape that (`type`, `schema`) had when it was written. */
export const storedEvent = t.strict(
  { id: eventId, type: t.string, schema: positiveInteger, data: t.unknown, occurredAt: isoDateTime },
  'StoredEvent',
)
export type StoredEvent = t.TypeOf<typeof storedEvent>
