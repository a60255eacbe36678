import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach } from 'vitest'
import type { Applied, Document, ReadModelStore, ReadModelStoreFault, Write } from '../read-model-store.ts'

/** Gives an empty store. */
export type OpenStore = () => Promise<ReadModelStore>

export const done = async <A>(work: TaskEither<ReadModelStoreFault, A>): Promise<A> => {
  const result = await work()
  if (isLeft(result)) throw new Error(`${result.left.kind}: ${result.left.message}`)
  return result.right
}

/** An empty store for each test, closed behind it. */
export const storeForEach = (open: OpenStore): (() => ReadModelStore) => {
  let store: ReadModelStore
  beforeEach(async () => {
    store = await open()
  })
  afterEach(() => store.close())
  return () => store
}

const things = { name: 'things', indexes: [['kind'], ['kind', 'size']] }

type Things = Readonly<{
  store: () => ReadModelStore
  apply: (writes: ReadonlyArray<Write>) => Promise<Applied>
  get: (id: string) => Promise<Document | null>
}>

/** A store for each test with an empty collection of things, found by kind, and by kind and size. */
export const thingsForEach = (open: OpenStore): Things => {
  const store = storeForEach(open)
  beforeEach(() => done(store().ensure(things)))
  return {
    store,
    apply: writes => done(store().apply(writes, [])),
    get: id => done(store().get('things', id)),
  }
}
