import * as t from 'io-ts'
import type { Filter } from 'mongodb'
import { idRange } from '../id-range.ts'
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
  if (!codec.is(stored)) throw new Error('a document of a collection has another shape')
  const { _id, version, body } = stored
  return { id: _id, version, body: JSON.parse(body) as JsonObject }
}

const memberPath = (member: string): string => `members.${checkedName(member)}`

const rangeOf = ({ by }: Query): Filter<StoredDocument> => {
  const bounds = {
    ...(by === undefined || by.from === null ? {} : { $gte: by.from }),
    ...(by === undefined || by.below === null ? {} : { $lt: by.below }),
  }
  return by === undefined || Object.keys(bounds).length === 0 ? {} : { [memberPath(by.member)]: bounds }
}

export const sortOf = ({ by, order }: Query): Readonly<Record<string, 1 | -1>> => {
  const direction = order === 'ascending' ? 1 : -1
  return { ...(by === undefined ? {} : { [memberPath(by.member)]: direction }), _id: direction }
}

// In one condition, and not in an `$and` of several: an index is then walked between its bounds.
const idBounds = (query: Query): Filter<StoredDocument> => {
  const { from, below } = idRange(query)
  const { after, order } = query
  const isBeyond = after !== null && order === 'ascending'
  const isBefore = after !== null && order === 'descending' && (below === null || after < below)
  const bounds = {
    ...(from === null ? {} : { $gte: from }),
    ...(isBeyond ? { $gt: after } : {}),
    ...(isBefore ? { $lt: after } : below === null ? {} : { $lt: below }),
  }
  return Object.keys(bounds).length === 0 ? {} : { _id: bounds }
}

export const filterOf = (query: Query): Filter<StoredDocument> => ({
  ...Object.fromEntries(Object.entries(query.where).map(([member, value]) => [memberPath(member), value])),
  ...rangeOf(query),
  ...idBounds(query),
})
