import { gathered } from '../../mongo/gathered.ts'
import type { Query } from '../read-model-store.ts'
import type { ReadModelCollections } from './collections.ts'
import { filterOf, memberPath, type StoredDocument, sortOf } from './stored-document.ts'

const valuesAtOnce = 32

type Find = (value: string) => Promise<ReadonlyArray<StoredDocument> | null>

/** The value that a query for the first documents of one value asks for, and of which member; null for any other query. */
const soleValue = ({ where, by, order, after }: Query): Readonly<{ member: string; value: string }> | null => {
  const [[member, value] = ['', null], ...others] = Object.entries(where)
  const isFirstPage = by === undefined && order === 'ascending' && after === null
  return isFirstPage && others.length === 0 && typeof value === 'string' ? { member, value } : null
}

/** Finds documents. Those who ask in one turn for the rows of one value each are answered by one question. */
export const gatheredFinds = (collections: ReadModelCollections) => {
  const finders = new Map<string, Find>()

  const findOne = (query: Query): Promise<ReadonlyArray<StoredDocument>> =>
    collections.collection(query.collection).find(filterOf(query)).sort(sortOf(query)).limit(query.limit).toArray()

  // As many as one query may have in all: where that is too few for all, each has one of its own.
  const findAll = (query: Query, member: string) => async (values: ReadonlyArray<string>) => {
    const path = memberPath(member)
    const matching = collections.collection(query.collection).find({ [path]: { $in: [...values] } })
    const found = await matching
      .sort({ [path]: 1, _id: 1 })
      .limit(query.limit)
      .toArray()
    if (found.length < query.limit) return Map.groupBy(found, ({ members }) => String(members[member]))
    const each = values.map(async value => [value, await findOne({ ...query, where: { [member]: value } })] as const)
    return new Map(await Promise.all(each))
  }

  const finderOf = (query: Query, member: string): Find => {
    const key = JSON.stringify([query.collection, member, query.limit])
    const finder = finders.get(key) ?? gathered(findAll(query, member), valuesAtOnce)
    finders.set(key, finder)
    return finder
  }

  return async (query: Query): Promise<ReadonlyArray<StoredDocument>> => {
    const sole = soleValue(query)
    return sole === null ? findOne(query) : ((await finderOf(query, sole.member)(sole.value)) ?? [])
  }
}
