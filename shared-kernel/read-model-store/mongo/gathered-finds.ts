import { gathered } from '../../mongo/gathered.ts'
import type { Query } from '../read-model-store.ts'
import type { ReadModelCollections } from './collections.ts'
import { filterOf, type StoredDocument, sortOf } from './stored-document.ts'

const prefixesAtOnce = 32

type Find = (prefix: string) => Promise<ReadonlyArray<StoredDocument> | null>

/** The prefix whose first documents a query asks for, and nothing else; null for any other query. */
const solePrefix = ({ where, by, prefix, order, after }: Query): string | null => {
  const isFirstPage = by === undefined && order === 'ascending' && after === null
  return isFirstPage && Object.keys(where).length === 0 && prefix !== undefined ? prefix : null
}

/** Finds documents. Those who ask in one turn for the rows of one prefix each are answered by one question. */
export const gatheredFinds = (collections: ReadModelCollections) => {
  const finders = new Map<string, Find>()

  const findOne = (query: Query): Promise<ReadonlyArray<StoredDocument>> =>
    collections.collection(query.collection).find(filterOf(query)).sort(sortOf(query)).limit(query.limit).toArray()

  // As many as one query may have in all: where that is too few for all, each has one of its own.
  const findAll = (query: Query) => async (prefixes: ReadonlyArray<string>) => {
    const matching = { $or: prefixes.map(prefix => filterOf({ ...query, prefix })) }
    const found = await collections
      .collection(query.collection)
      .find(matching)
      .sort(sortOf(query))
      .limit(query.limit)
      .toArray()
    const isCut = found.length === query.limit
    const each = prefixes.map(
      async prefix =>
        [
          prefix,
          isCut ? await findOne({ ...query, prefix }) : found.filter(({ _id }) => _id.startsWith(prefix)),
        ] as const,
    )
    return new Map(await Promise.all(each))
  }

  const finderOf = (query: Query): Find => {
    const key = JSON.stringify([query.collection, query.limit])
    const finder = finders.get(key) ?? gathered(findAll(query), prefixesAtOnce)
    finders.set(key, finder)
    return finder
  }

  return async (query: Query): Promise<ReadonlyArray<StoredDocument>> => {
    const prefix = solePrefix(query)
    return prefix === null ? findOne(query) : ((await finderOf(query)(prefix)) ?? [])
  }
}
