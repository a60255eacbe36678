import type { ContainerPlan } from './container-options.ts'

/** What containers are alike by: memory and processes of a warm one can still be changed, the rest cannot. */
export const shelfKey = ({ image, shape }: ContainerPlan): string =>
  `${image.language} ${image.digest} ${shape.tmpfsBytes}`

/** One kind of container, as the next start is decided by. */
export type ShelfView = Readonly<{
  key: string
  warm: number
  starting: number
  /** Runs waiting for this very kind, and since when. */
  waiting: number
  waitingSince: number
  /** How many should wait warm. */
  wanted: number
  /** After a failure: no start ahead of demand before this time. */
  notBefore: number
}>

export type PoolView = Readonly<{
  shelves: ReadonlyArray<ShelfView>
  now: number
  /** Starts at a time. */
  startsAtOnce: number
  /** Containers in any state, and their bound. */
  total: number
  bound: number
  /** Programs run, or answers are on their way: what is not urgent stays off the processors. */
  busy: boolean
}>

export type NextStep = Readonly<{ start: string }> | Readonly<{ evict: string }> | null

const sum = (shelves: ReadonlyArray<ShelfView>, of: (shelf: ShelfView) => number) =>
  shelves.reduce((total, shelf) => total + of(shelf), 0)

const least = (shelves: ReadonlyArray<ShelfView>, of: (shelf: ShelfView) => number): ShelfView | undefined =>
  shelves.toSorted((one, other) => of(one) - of(other))[0]

const isShort = ({ waiting, starting }: ShelfView) => waiting > starting

const mayStartAhead =
  ({ now, busy }: PoolView) =>
  (shelf: ShelfView) =>
    shelf.warm + shelf.starting < shelf.wanted && now >= shelf.notBefore && !(busy && shelf.warm > 0)

// What languages that were used before have over. Some slack, so that two that alternate do not churn.
const isOverfull = ({ shelves, startsAtOnce }: PoolView) =>
  sum(shelves, ({ warm, starting }) => warm + starting) > sum(shelves, ({ wanted }) => wanted) + startsAtOnce

const isSuperfluous = ({ warm, wanted }: ShelfView) => warm > wanted

// A warm container nobody waits for makes room for a run that waits: the most superfluous first.
const evictable = (shelves: ReadonlyArray<ShelfView>) =>
  least(
    shelves.filter(({ warm }) => warm > 0),
    ({ wanted, warm }) => wanted - warm,
  )

/** Decides the pool's next step: runs that wait come first, oldest first; then the emptiest shelf. Null where it rests. */
export const nextStep = (pool: PoolView): NextStep => {
  if (sum(pool.shelves, ({ starting }) => starting) >= pool.startsAtOnce) return null
  const demanded = least(pool.shelves.filter(isShort), ({ waitingSince }) => waitingSince)
  const full = pool.total >= pool.bound
  if (demanded !== undefined && !full) return { start: demanded.key }
  const spare = full && demanded !== undefined ? evictable(pool.shelves) : undefined
  if (spare !== undefined) return { evict: spare.key }
  if (full) return null
  const over = !pool.busy && isOverfull(pool) ? evictable(pool.shelves.filter(isSuperfluous)) : undefined
  if (over !== undefined) return { evict: over.key }
  const ahead = least(pool.shelves.filter(mayStartAhead(pool)), ({ warm, starting }) => warm + starting)
  return ahead === undefined ? null : { start: ahead.key }
}

/** Shares places among languages, most recently used first: one each, then a second each, at most `depth`. */
export const sharePlaces = (
  languages: ReadonlyArray<string>,
  places: number,
  depth: number,
): ReadonlyMap<string, number> => {
  const shares = new Map<string, number>()
  for (let place = 0; place < Math.min(places, languages.length * depth); place += 1) {
    const language = languages[place % languages.length]
    if (language !== undefined) shares.set(language, (shares.get(language) ?? 0) + 1)
  }
  return shares
}
