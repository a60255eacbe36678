import { type Either, right, tryCatch } from 'fp-ts/lib/Either.js'
import { type DomainEvent, domainEvent } from '../domain-events/domain-event.ts'
import type { CommitContent, CommitMeta, Position, RecordedEvent } from './commit.ts'
import { decodeCommit, type UndecodableCommit } from './decode-commit.ts'
import { versionOf } from './decode-event.ts'
import type { StoredEvent } from './stored-event.ts'

// Of a type whose content may be sealed there are two: as it is, and sealed.
const currentSchemas: ReadonlyMap<unknown, ReadonlyArray<unknown>> = new Map(
  [...Map.groupBy(domainEvent.types.map(versionOf), ({ type }) => type)].map(([type, versions]) => [
    type,
    versions.map(({ schema }) => schema),
  ]),
)

const isCurrent = (stored: unknown): stored is StoredEvent =>
  typeof stored === 'object' &&
  stored !== null &&
  'type' in stored &&
  'schema' in stored &&
  currentSchemas.get(stored.type)?.includes(stored.schema) === true

const currentOnly = ({ events, k }: CommitContent): ReadonlyArray<StoredEvent> | null => {
  const parsed = tryCatch((): unknown => JSON.parse(events), String)
  if (parsed._tag === 'Left' || !Array.isArray(parsed.right)) return null
  const stored: ReadonlyArray<unknown> = parsed.right
  return stored.length === k && stored.every(isCurrent) ? stored : null
}

// Most events are folded without a look at who asked, or at what only the chain needs: that is parsed for those who do.
class TrustedEvent implements RecordedEvent {
  readonly id: RecordedEvent['id']
  readonly occurredAt: string
  readonly event: DomainEvent
  readonly stream: string
  readonly version: number
  readonly position: Position
  readonly #commit: CommitContent

  constructor(stored: StoredEvent, version: number, position: Position, commit: CommitContent) {
    const { id, occurredAt, type, schema, data } = stored
    this.id = id
    this.occurredAt = occurredAt
    this.event = { type, schema, data } as DomainEvent
    this.stream = commit.s
    this.version = version
    this.position = position
    this.#commit = commit
  }

  get recordedAt(): string {
    return this.#commit.recordedAt
  }

  get meta(): CommitMeta {
    return JSON.parse(this.#commit.meta)
  }

  get hash(): string {
    return this.#commit.hash
  }
}

/**
 * The events of a commit as they were written, without a look at what the codecs say of them: for whoever has all that is
 * made of them compared with what `decodeCommit` reads before anyone else sees it. To ask for `meta` may throw, and for what
 * the commit reads late. Where there is anything to decode, an older schema or what is not known, `decodeCommit` does it.
 */
export const trustCommit = (commit: CommitContent): Either<UndecodableCommit, ReadonlyArray<RecordedEvent>> => {
  const stored = currentOnly(commit)
  if (stored === null) return decodeCommit(commit)
  const position = { p: commit.p, n: commit.n }
  return right(stored.map((event, index) => new TrustedEvent(event, commit.v + index, position, commit)))
}
