import { right } from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type {
  Checkpoint,
  Document,
  JsonObject,
  Query,
  ReadModelStore,
  ReadModelStoreFault,
  Write,
} from '../read-model-store.ts'
import { createInMemoryLeases } from './in-memory-leases.ts'
import { createInMemoryRecords } from './in-memory-records.ts'

type Collection = Map<string, Document>
type Collections = Map<string, Collection>

const copy = (document: Document): Document => ({
  ...document,
  body: JSON.parse(JSON.stringify(document.body)) as JsonObject,
})

const write = (collections: Collections, change: Write): void => {
  const collection = collections.get(change.collection)
  if (collection === undefined) throw new Error(`no collection ${change.collection}`)
  const id = change.kind === 'delete' ? change.id : change.document.id
  const stored = collection.get(id)?.version ?? 0
  if (change.kind === 'insert' && !collection.has(id)) collection.set(id, copy(change.document))
  if (change.kind === 'delete' && stored >= change.expected) collection.delete(id)
  if (change.kind === 'put' && stored >= change.expected && stored < change.document.version)
    collection.set(id, copy(change.document))
}

// Text is ordered by its UTF-8 bytes, as every store orders it.
const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

type Range = NonNullable<Query['by']>

const textOf = ({ body }: Document, member: string): string => String(body[member])

const isWithin = (document: Document, { member, from, below }: Range): boolean => {
  const text = textOf(document, member)
  return (from === null || compareText(text, from) >= 0) && (below === null || compareText(text, below) < 0)
}

const comparing =
  (by: Range | undefined) =>
  (a: Document, b: Document): number =>
    (by === undefined ? 0 : compareText(textOf(a, by.member), textOf(b, by.member))) || compareText(a.id, b.id)

const answer = (
  collection: Collection,
  { where, by, prefix = '', order, after, limit }: Query,
): ReadonlyArray<Document> => {
  const compare = comparing(by)
  const sorted = [...collection.values()]
    .filter(({ body }) => Object.entries(where).every(([member, value]) => body[member] === value))
    .filter(document => by === undefined || isWithin(document, by))
    .filter(({ id }) => id.startsWith(prefix))
    .sort((a, b) => (order === 'ascending' ? compare(a, b) : compare(b, a)))
  const beyond = (id: string, last: string) => {
    const compared = compareText(id, last)
    return order === 'ascending' ? compared > 0 : compared < 0
  }
  return sorted.filter(({ id }) => after === null || beyond(id, after)).slice(0, limit)
}

/** Read models of one process's life, for unit tests. */
export const openInMemoryReadModelStore = (): ReadModelStore => {
  const collections: Collections = new Map()
  const progress = new Map<string, Map<number, number>>()
  const fences = new Map<string, number>()
  let closed = false

  const attempt =
    <A>(work: () => A): TaskEither<ReadModelStoreFault, A> =>
    async () =>
      closed
        ? TE.left<ReadModelStoreFault>({ _tag: 'ReadModelStoreFault', kind: 'unreachable', message: 'closed' })()
        : right(work())

  const isDeposed = ({ projection, partition, fence }: Checkpoint): boolean => {
    const name = `${projection}/${partition}`
    if (fence === undefined) return false
    const highest = Math.max(fence, fences.get(name) ?? 0)
    fences.set(name, highest)
    return fence < highest
  }

  const advance = ({ projection, partition, n }: Checkpoint): void => {
    const positions = progress.get(projection) ?? new Map<number, number>()
    positions.set(partition, Math.max(n, positions.get(partition) ?? 0))
    progress.set(projection, positions)
  }

  return {
    ensure: ({ name }) => attempt(() => void (collections.has(name) || collections.set(name, new Map()))),
    get: (collection, id) =>
      attempt(() => {
        const document = collections.get(collection)?.get(id)
        return document === undefined ? null : copy(document)
      }),
    find: query => attempt(() => answer(collections.get(query.collection) ?? new Map(), query).map(copy)),
    checkpoints: projection => attempt(() => new Map(progress.get(projection))),
    apply: (writes, checkpoints) =>
      attempt(() => {
        for (const change of writes) write(collections, change)
        const { left: allowed, right: refused } = RA.partition(isDeposed)(checkpoints)
        allowed.forEach(advance)
        return { deposed: refused.map(({ partition }) => partition) }
      }),
    drop: collection => attempt(() => void collections.delete(collection)),
    leases: createInMemoryLeases(attempt),
    records: createInMemoryRecords(attempt),
    close: async () => {
      closed = true
    },
  }
}
