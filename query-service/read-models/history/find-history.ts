import type {
  Document,
  Query,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Outcome } from '@runledger/shared-kernel/types/outcome.ts'
import { type Either, isLeft, map } from 'fp-ts/lib/Either.js'
import { documentCollection, type Projection } from '../../projector/projection.ts'
import { type HistoryBody, historyBody } from './history-body.ts'

/** Which submissions are asked for; absent: any. `from` is the first time of receipt, `to` the first one after them. */
export type HistoryFilter = Readonly<{
  tenant: string
  status?: HistoryBody['status']
  language?: string
  outcome?: Outcome
  from?: string
  to?: string
}>

/** `before` is the place of the last line that is known already. */
export type HistoryQuery = Readonly<{ filter: HistoryFilter; before: string | null; limit: number }>

/** `next` is the place to go on before; null at the end. */
export type HistoryPage = Readonly<{ lines: ReadonlyArray<HistoryBody>; next: string | null }>

const lineOf = ({ body }: Document): HistoryBody => {
  const decoded = historyBody.decode(body)
  if (isLeft(decoded)) throw new Error('a line of the history has another shape')
  return decoded.right
}

// In the order in which the indexes name them.
const equalities = ({ tenant, status, language, outcome }: HistoryFilter): Query['where'] => ({
  tenant,
  ...(status === undefined ? {} : { status }),
  ...(language === undefined ? {} : { language }),
  ...(outcome === undefined ? {} : { outcome }),
})

/** Where the page is in the store. One line more than asked for tells whether there is another page. */
export const historyRange = (generation: Projection, { filter, before, limit }: HistoryQuery): Query => {
  const { from = null, to = null } = filter
  return {
    collection: documentCollection(generation),
    where: equalities(filter),
    by: { member: 'place', from, below: before ?? to },
    order: 'descending',
    after: null,
    limit: limit + 1,
  }
}

const pageOf =
  (limit: number) =>
  (documents: ReadonlyArray<Document>): HistoryPage => {
    const lines = documents.slice(0, limit).map(lineOf)
    return { lines, next: documents.length > limit ? (lines.at(-1)?.place ?? null) : null }
  }

/** A page of the history, the latest first. What is received meanwhile stands before it and moves nothing. */
export const findHistory = async (
  { store, generation }: Readonly<{ store: Pick<ReadModelStore, 'find'>; generation: Projection }>,
  query: HistoryQuery,
): Promise<Either<ReadModelStoreFault, HistoryPage>> =>
  map(pageOf(query.limit))(await store.find(historyRange(generation, query))())
