import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Filter } from 'mongodb'
import type { Document, JsonObject, Query } from '../read-model-store.ts'
import { checkedName } from './checked-name.ts'

/** The body as text, since BSON would change what JSON can say; beside it the members that indexes name. */
export type StoredDocument = Readonly<{
  _id: string
  version: number
  body: string
  members: Readonly<Record<string, string | number | null>>
}>

const codec = t.strict({ _id: t.string, version: t.number, body: t.string }, 'StoredDocument')

const isIndexed = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

/** What is stored of a document of a collection whose indexes name `members`; without its id, which never changes. */
export const storedFields = ({ version, body }: Document, members: ReadonlyArray<string>) => ({
  version,
  body: JSON.stringify(body),
  members: Object.fromEntries(
    members.map(member => {
      const value = body[member]
      return [member, isIndexed(value) ? value : null]
    }),
  ),
})

export const documentOf = (stored: unknown): Document => {
  const decoded = codec.decode(stored)
  if (isLeft(decoded)) throw new Error('a document of a collection has another shape')
  const { _id, version, body } = decoded.right
  return { id: _id, version, body: JSON.parse(body) as JsonObject }
}

export const filterOf = ({ where, order, after }: Query): Filter<StoredDocument> => ({
  ...Object.fromEntries(Object.entries(where).map(([member, value]) => [`members.${checkedName(member)}`, value])),
  ...(after === null ? {} : { _id: order === 'ascending' ? { $gt: after } : { $lt: after } }),
})
