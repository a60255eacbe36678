import { isDeepStrictEqual } from 'node:util'
import { documentCollection, type Projection, rowCollection } from '@runledger/query-service/projector/projection.ts'
import { tallyLog } from '@runledger/query-service/projector/tally-log.ts'
import { historyProjection } from '@runledger/query-service/read-models/history/history-projection.ts'
import { languagesProjection } from '@runledger/query-service/read-models/languages/languages-projection.ts'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { usageProjection } from '@runledger/query-service/read-models/usage/usage-projection.ts'
import { workersProjection } from '@runledger/query-service/read-models/workers/workers-projection.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Document, ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { readStreams, type Streams } from '../support/read-streams.ts'

type Collections = ReadonlyMap<string, ReadonlyMap<string, unknown>>

const pageSize = 500

const folds = [resultProjection, historyProjection]
const tallies = [languagesProjection, usageProjection, workersProjection]
export const projections = [...folds, ...tallies]

const rebuilt = (projection: Projection, streams: Streams): Collections => {
  const documents = new Map<string, unknown>()
  const rows = new Map(projection.rows.map(({ name }) => [name, new Map<string, unknown>()]))
  for (const events of streams.values()) {
    const id = events[0] === undefined ? null : projection.documentOf(events[0])
    const folded = projection.fold(null, events)
    if (id === null || folded.body === null) continue
    documents.set(id, { version: folded.version, body: folded.body })
    for (const row of folded.rows) rows.get(row.collection)?.set(row.id, { body: row.body })
  }
  const rowCollections = [...rows].map(([name, each]) => [rowCollection(projection, name), each] as const)
  return new Map([[documentCollection(projection), documents], ...rowCollections])
}

const tallied = (projection: Projection, streams: Streams): Collections => {
  const documents = projection.across === undefined ? [] : tallyLog(projection.across, [...streams.values()].flat())
  const contents = documents.map(({ id, version, body }) => [id, { version, body }] as const)
  return new Map([[documentCollection(projection), new Map<string, unknown>(contents)]])
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
const isDocument = new Set(projections.map(documentCollection))
const contentOf = (collection: string, { version, body }: Document): unknown =>
  isDocument.has(collection) ? { version, body } : { body }

const differing = (collection: string, live: ReadonlyArray<Document>, wanted: ReadonlyMap<string, unknown>) => {
  const found = new Map(live.map(document => [document.id, contentOf(collection, document)]))
  const ids = new Set([...found.keys(), ...wanted.keys()])
  return [...ids].filter(id => !isDeepStrictEqual(found.get(id), wanted.get(id))).map(id => `${collection} ${id}`)
}

/** Names what in the live read models is not as a fold of the whole log from zero makes it. */
export const readModelDifferences = async (log: EventLog, store: ReadModelStore): Promise<ReadonlyArray<string>> => {
  const streams = await readStreams(log)
  const wanted = [
    ...folds.flatMap(projection => [...rebuilt(projection, streams)]),
    ...tallies.flatMap(projection => [...tallied(projection, streams)]),
  ]
  const differences: Array<string> = []
  for (const [collection, documents] of wanted)
    differences.push(...differing(collection, await readCollection(store, collection), documents))
  return differences
}
