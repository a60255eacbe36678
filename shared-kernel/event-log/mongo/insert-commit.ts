import { MongoServerError } from '../../mongo/driver.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { StoredCommit } from '../commit.ts'
import type { CommitCollection } from './commit-collection.ts'

/** `overtaken`: another commit has that position or id. `uncertain`: the commit may be there or may still get there. */
export type Setback = 'overtaken' | 'uncertain'

const indexOf = (thrown: unknown): string => {
  if (!(thrown instanceof MongoServerError)) return ''
  const pattern: unknown = thrown['keyPattern']
  if (typeof pattern === 'object' && pattern !== null) return Object.keys(pattern).join()
  return / index: (\S+) dup key/.exec(thrown.message)?.[1] ?? ''
}

// By their fields where the server tells them, else by their names.
const ours = ['p,n', '_id', 'commits_by_position', '_id_']

/** Null once the commit is durable. Throws where it surely was not sent, and where an index refused it that is not ours. */
export const insertCommit = async (commits: CommitCollection, commit: StoredCommit): Promise<Setback | null> => {
  try {
    await commits.insert(commit)
    return null
  } catch (thrown) {
    const trouble = mongoTrouble(thrown)
    if (trouble === 'uncertain') return 'uncertain'
    if (trouble === 'duplicate' && ours.includes(indexOf(thrown))) return 'overtaken'
    throw thrown
  }
}
