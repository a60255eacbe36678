import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type {
  CollectionSpec,
  Document,
  JsonObject,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { AcrossStreams } from './across-streams.ts'

/** An immutable row beside the documents, in one of the projection's row collections. */
export type Row = Readonly<{ collection: string; id: string; body: JsonObject }>

/** The event a document could not be folded over, and why. Later events of its stream wait behind it. */
type Poison = Readonly<{ event: RecordedEvent; error: string }>

/** `body` is null where the document does not exist; `version` is that of the last event folded. */
export type Folded = Readonly<{
  body: JsonObject | null
  version: number
  rows: ReadonlyArray<Row>
  poison: Poison | null
}>

/**
 * What clients read, as a pure fold of the log. One document belongs to one stream, rows are written once.
 * Collections are named without the projection: they are stored as `<name>__v<version>` and `<name>_<rows>__v<version>`.
 * As written, `version` is that of the code; `atGeneration` puts the number of what is stored in its place.
 */
export type Projection = Readonly<{
  name: string
  version: number
  indexes: CollectionSpec['indexes']
  rows: ReadonlyArray<CollectionSpec>
  /** The document this event is about; null where it is of no concern. */
  documentOf: (event: RecordedEvent) => string | null
  /** Folds the events a stored document has not seen; `id` is its. Never throws: what cannot be folded is the poison. */
  fold: (stored: Document | null, events: ReadonlyArray<RecordedEvent>, id: string) => Folded
  /**
   * As `fold`, but bodies are not held against their codec: for whoever has all that comes of it compared with what `fold`
   * gives before anyone else sees it. Absent: `fold` does not look at them either.
   */
  foldUnchecked?: Projection['fold']
  /** Where documents combine streams: they are tallies of what events add, and `fold` is not asked. */
  across?: AcrossStreams
}>

/** The projection as it stands in the store: several generations lie there side by side. */
export const atGeneration = (projection: Projection, number: number): Projection => ({ ...projection, version: number })

export const projectionKey = ({ name, version }: Projection): string => `${name}__v${version}`

export const documentCollection = (projection: Projection): string => projectionKey(projection)

export const rowCollection = ({ name, version }: Projection, rows: string): string => `${name}_${rows}__v${version}`

export const collectionsOf = (projection: Projection): ReadonlyArray<CollectionSpec> => [
  { name: documentCollection(projection), indexes: projection.indexes },
  ...projection.rows.map(({ name, indexes }) => ({ name: rowCollection(projection, name), indexes })),
]
