import { domainEvent } from '../domain-events/domain-event.ts'
import { upcasters } from '../domain-events/upcasters.ts'
import { versionOf } from './decode-event.ts'
import { schemaName } from './versioned.ts'

/** Every schema this version reads: the current ones of each event, and what can be upcast to them. */
const readableSchemas: ReadonlySet<string> = new Set(
  [...domainEvent.types.map(versionOf), ...upcasters].map(schemaName),
)

/** Why this version must not work on a log with events of those schemas, in words; null where it reads them all. */
export const unreadableProblem = (written: Iterable<string>): string | null => {
  const unknown = [...written].filter(schema => !readableSchemas.has(schema))
  return unknown.length === 0
    ? null
    : `it holds events this version cannot read (${unknown.join(', ')}); run a newer version`
}
