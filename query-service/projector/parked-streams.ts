import type {
  ReadModelStore,
  ReadModelStoreFault,
  Write,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { ParkedStream } from './fold-batch.ts'

const collection = 'parked_streams'
const pageSize = 500

export const parkedCollection = { name: collection, indexes: [['projection']] }

export const parkStream = ({ projection, stream, position, version, error }: ParkedStream): Write => ({
  kind: 'insert',
  collection,
  document: {
    id: `${projection}:${stream}`,
    version,
    body: { projection, stream, partition: position.p, position: position.n, version, error },
  },
})

/** Every stream parked for one projection. */
export const loadParkedStreams = async (
  store: ReadModelStore,
  projection: string,
): Promise<Either<ReadModelStoreFault, Set<string>>> => {
  const streams = new Set<string>()
  let after: string | null = null
  while (true) {
    const page = await store.find({ collection, where: { projection }, order: 'ascending', after, limit: pageSize })()
    if (isLeft(page)) return left(page.left)
    for (const { id } of page.right) streams.add(id.slice(projection.length + 1))
    after = page.right.at(-1)?.id ?? null
    if (page.right.length < pageSize) return right(streams)
  }
}
