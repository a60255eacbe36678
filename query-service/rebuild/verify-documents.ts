import { isDeepStrictEqual } from 'node:util'
import type { Document } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { documentCollection } from '../projector/projection.ts'
import type { Compared, Comparison } from './verification.ts'

/** What the fold of a stream has come to. */
export type FoldedStream = Readonly<{ document: Document | null; stream: string }>

// A projector may have gone on meanwhile: then the document is compared with its stream as far as it has come.
const foldUntil = async (
  { log, projection }: Comparison,
  stream: string,
  version: number,
): Compared<Document | null> => {
  const events = await log.readStream(stream, 1)()
  if (isLeft(events)) return events
  const known = events.right.filter(event => event.version <= version)
  const id = known[0] === undefined ? null : projection.documentOf(known[0])
  if (id === null) return right(null)
  const { version: last, body } = projection.fold(null, known, id)
  return right(body === null ? null : { id, version: last, body })
}

const whatDiffers = (stored: Document | null, wanted: Document | null): string => {
  if (stored === null) return 'is missing'
  if (wanted === null) return 'should not be there'
  const isBehind = stored.version < wanted.version
  return isBehind ? `is at version ${stored.version}, its stream at ${wanted.version}` : 'has another content'
}

/** Compares a document that a fold made with the one that is stored. */
export const compareDocument = async (
  comparison: Comparison,
  id: string,
  { document, stream }: FoldedStream,
): Compared<void> => {
  const collection = documentCollection(comparison.projection)
  if (document !== null) comparison.made.add(collection)
  const stored = await comparison.store.get(collection, id)()
  if (isLeft(stored)) return stored
  if (isDeepStrictEqual(stored.right, document)) return right(undefined)
  const wanted = document?.version ?? 0
  const version = stored.right?.version ?? 0
  const later = version > wanted ? await foldUntil(comparison, stream, version) : right(document)
  if (isLeft(later)) return later
  if (!isDeepStrictEqual(stored.right, later.right))
    comparison.found.add(collection, id, whatDiffers(stored.right, document))
  return right(undefined)
}
