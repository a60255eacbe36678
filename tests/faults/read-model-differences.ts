import { isDeepStrictEqual } from 'node:util'
import { documentCollection, rowCollection } from '@runledger/query-service/projector/projection.ts'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Document, ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { readStreams, type Streams } from '../support/read-streams.ts'

type Collections = ReadonlyMap<string, ReadonlyMap<string, unknown>>

const pageSize = 500

const collections = [
  documentCollection(resultProjection),
  ...resultProjection.rows.map(({ name }) => rowCollection(resultProjection, name)),
]

const rebuilt = (streams: Streams): Collections => {
  const built = new Map(collections.map(name => [name, new Map<string, unknown>()]))
  for (const events of streams.values()) {
    const id = events[0] === undefined ? null : resultProjection.documentOf(events[0])
    const { body, version, rows } = resultProjection.fold(null, events)
    if (id === null || body === null) continue
    built.get(documentCollection(resultProjection))?.set(id, { version, body })
    for (const row of rows) built.get(rowCollection(resultProjection, row.collection))?.set(row.id, { body: row.body })
  }
  return built
}

const readCollection = async (store: ReadModelStore, collection: string): Promise<ReadonlyArray<Document>> => {
  const documents: Array<Document> = []
  for (;;) {
    const after = documents.at(-1)?.id ?? null
    const page = await store.find({ collection, where: {}, order: 'ascending', after, limit: pageSize })()
    documents.push(...rightOf(page))
    if (rightOf(page).length < pageSize) return documents
  }
}

// The version of a row tells which batch wrote it first; that is no part of what is read.
const contentOf = (collection: string, { version, body }: Document): unknown =>
  collection === documentCollection(resultProjection) ? { version, body } : { body }

const differing = (collection: string, live: ReadonlyArray<Document>, wanted: ReadonlyMap<string, unknown>) => {
  const found = new Map(live.map(document => [document.id, contentOf(collection, document)]))
  const ids = new Set([...found.keys(), ...wanted.keys()])
  return [...ids].filter(id => !isDeepStrictEqual(found.get(id), wanted.get(id))).map(id => `${collection} ${id}`)
}

/** Names what in the live read models is not as a fold of the whole log from zero makes it. */
export const readModelDifferences = async (log: EventLog, store: ReadModelStore): Promise<ReadonlyArray<string>> => {
  const wanted = rebuilt(await readStreams(log))
  const differences: Array<string> = []
  for (const [collection, documents] of wanted)
    differences.push(...differing(collection, await readCollection(store, collection), documents))
  return differences
}
