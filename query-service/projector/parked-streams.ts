import type {
  Document,
  ReadModelStore,
  ReadModelStoreFault,
  Write,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { ParkedStream } from './fold-batch.ts'

const collection = 'parked_streams'
const pageSize = 500

export const parkedCollection = { name: collection, indexes: [['projection']] }

const idOf = ({ projection, stream }: Pick<ParkedStream, 'projection' | 'stream'>): string => `${projection}:${stream}`

const bodyOf = ({ projection, stream, position, version, error }: ParkedStream, replays: number) => ({
  ...{ projection, stream, version, error, replays },
  partition: position.p,
  position: position.n,
})

export const parkStream = (parked: ParkedStream): Write => ({
  kind: 'insert',
  collection,
  document: { id: idOf(parked), version: parked.version, body: bodyOf(parked, 0) },
})

/** Keeps a stream on the list that so many replays have not helped. */
export const keepParked = (parked: ParkedStream, { stored }: ParkedEntry, replays: number): Write => ({
  kind: 'put',
  collection,
  document: { id: idOf(parked), version: stored + 1, body: bodyOf(parked, replays) },
  expected: stored,
})

export const unparkStream = (parked: Pick<ParkedStream, 'projection' | 'stream'>): Write => ({
  kind: 'delete',
  collection,
  id: idOf(parked),
  expected: 0,
})

const parkedBody = t.type({ stream: t.string, partition: t.number, error: t.string })

/** One entry of the list, `stored` its version; `replays` have not helped it. */
export type ParkedEntry = Readonly<{
  stream: string
  partition: number
  error: string
  replays: number
  stored: number
}>

const entryOf = ({ version, body }: Document): ParkedEntry => {
  if (!parkedBody.is(body)) throw new Error('a parked stream has another shape')
  const { stream, partition, error } = body
  return { stream, partition, error, replays: 'replays' in body ? Number(body.replays) : 0, stored: version }
}

/** Every stream parked for one projection. */
export const loadParkedStreams = async (
  store: ReadModelStore,
  projection: string,
): Promise<Either<ReadModelStoreFault, ReadonlyArray<ParkedEntry>>> => {
  const entries: Array<ParkedEntry> = []
  let after: string | null = null
  while (true) {
    const page = await store.find({ collection, where: { projection }, order: 'ascending', after, limit: pageSize })()
    if (isLeft(page)) return left(page.left)
    entries.push(...page.right.map(entryOf))
    after = page.right.at(-1)?.id ?? null
    if (page.right.length < pageSize) return right(entries)
  }
}
