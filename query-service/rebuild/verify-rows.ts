import { isDeepStrictEqual } from 'node:util'
import type { Document } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { type Row, rowCollection } from '../projector/projection.ts'
import type { Compared, Comparison } from './verification.ts'

const compareRow = ({ projection, found, made }: Comparison, row: Row, stored: Document | null): void => {
  const collection = rowCollection(projection, row.collection)
  made.add(collection)
  if (stored === null) found.add(collection, row.id, 'is missing')
  // The version of a row tells which batch wrote it first; that is no part of what is read.
  else if (!isDeepStrictEqual(stored.body, row.body)) found.add(collection, row.id, 'has another content')
}

/** Compares rows that a fold made with those that are stored. */
export const compareRows = async (comparison: Comparison, rows: ReadonlyArray<Row>): Compared<void> => {
  const { store, projection } = comparison
  const stored = await Promise.all(
    rows.map(async row => ({ row, read: await store.get(rowCollection(projection, row.collection), row.id)() })),
  )
  for (const { row, read } of stored) {
    if (isLeft(read)) return read
    compareRow(comparison, row, read.right)
  }
  return right(undefined)
}
