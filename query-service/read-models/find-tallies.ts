import type {
  Document,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { documentCollection, type Projection } from '../projector/projection.ts'
import { sumOf, type Tally, tallyOf } from '../projector/tally.ts'

const talliesPerPage = 500

/** Times from `from` on and before `to`. Tallies of no time are found from `''` to `'~'`. */
export type Period = Readonly<{ from: string; to: string }>

const summed = (tallies: ReadonlyArray<Tally>): ReadonlyArray<Tally> =>
  [...Map.groupBy(tallies, ({ time, key }) => `${time} ${key}`).values()].flatMap(each => sumOf(each) ?? [])

/** The tallies of a period by time and key, each over all partitions. Their ids begin with the time. */
export const findTallies = async (
  store: Pick<ReadModelStore, 'find'>,
  projection: Projection,
  { from, to }: Period,
): Promise<Either<ReadModelStoreFault, ReadonlyArray<Tally>>> => {
  const collection = documentCollection(projection)
  const found: Array<Tally> = []
  let after = from
  while (true) {
    const page: Either<ReadModelStoreFault, ReadonlyArray<Document>> = await store.find({
      ...{ collection, where: {}, after, limit: talliesPerPage },
      order: 'ascending',
    })()
    if (isLeft(page)) return page
    const within = page.right.filter(({ id }) => id < to)
    found.push(...within.map(tallyOf))
    after = within.at(-1)?.id ?? after
    if (within.length < talliesPerPage) return right(summed(found))
  }
}
