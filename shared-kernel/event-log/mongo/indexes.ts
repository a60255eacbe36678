import type { Collection, IndexDescriptionInfo } from 'mongodb'

type Index = Readonly<{ name: string; key: Readonly<Record<string, 1>>; unique: boolean }>

/** Every index of the log, and no other is unique. The first decides who appends, and is the shard key where there is one. */
const commitIndexes: ReadonlyArray<Index> = [
  { name: 'commits_by_position', key: { p: 1, n: 1 }, unique: true },
  { name: 'commits_by_stream', key: { p: 1, s: 1, v: 1 }, unique: false },
]

export const createIndexes = async (commits: Collection<never> | Collection): Promise<void> => {
  for (const { key, ...options } of commitIndexes) await (commits as Collection).createIndex(key, options)
}

const sameKey = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other)

const serves = (wanted: Index, { key, unique, sparse, partialFilterExpression }: IndexDescriptionInfo): boolean =>
  sameKey(wanted.key, key) &&
  (unique ?? false) === wanted.unique &&
  sparse !== true &&
  partialFilterExpression === undefined

const isForeign = ({ key, unique }: IndexDescriptionInfo): boolean =>
  unique === true && !commitIndexes.some(wanted => wanted.unique && sameKey(wanted.key, key))

const inWords = (key: object): string => JSON.stringify(key)

/** What is wrong with the indexes that were found, in words that say what to do; null: nothing. */
export const indexProblem = (found: ReadonlyArray<IndexDescriptionInfo>): string | null => {
  for (const { name, key, unique } of commitIndexes) {
    if (found.some(present => serves({ name, key, unique }, present))) continue
    const remedy = `db.commits.createIndex(${inWords(key)}, ${JSON.stringify({ name, unique })})`
    return `its index ${name} is missing; stop every writer, then restore it with: ${remedy}`
  }
  const foreign = found.find(isForeign)
  if (foreign === undefined) return null
  return `its index ${foreign.name} is unique on ${inWords(foreign.key)}, which appends would fail on; drop it`
}
