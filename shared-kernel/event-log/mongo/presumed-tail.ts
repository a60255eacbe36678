import type { Tail } from '../build-commit.ts'
import { commitIdOf } from '../commit-ids.ts'
import type { Transaction } from '../event-log.ts'
import type { CommitCollection } from './commit-collection.ts'
import type { RecentCommits, Seen } from './recent-commits.ts'

type Sought = Pick<Transaction<unknown, unknown>, 'stream' | 'commandId' | 'meta' | 'occurredAt' | 'remembered'>

// Everything of the stream up to the last commit seen is in the remembered fold, and this command is not among it.
const isComplete = (recent: RecentCommits, p: number, { remembered, ...of }: Sought): boolean => {
  const latest = recent.lastOf(p, of.stream)
  if (latest === null) return remembered.version === 0
  return remembered.version === latest.v + latest.k - 1 && latest._id !== commitIdOf(of)
}

const isDense = (from: number, seen: ReadonlyArray<Seen>): boolean => seen.every(({ n }, index) => n === from + index)

/**
 * The tail to append behind, with nothing of the stream before it but what is remembered; null where that cannot be known
 * in one question at most. `read` asks what follows the last commit seen, and for anything there is of a stream nobody
 * remembers: what follows is read without a gap, what came before was there already, so their order does not matter.
 */
export const presumedTail = (commits: CommitCollection, recent: RecentCommits) => {
  const readOn = async (known: Seen, sought: Sought): Promise<Tail | null> => {
    const also = sought.remembered.version > 0 ? { _id: commitIdOf(sought) } : { s: sought.stream }
    const found = await commits.since(known, also)
    if (found === null || !isDense(known.n, found)) return null
    recent.note(found)
    return isComplete(recent, known.p, sought) ? (found.at(-1) ?? null) : null
  }

  return async (p: number, sought: Sought, read: boolean): Promise<Tail | null> => {
    const known = recent.last(p)
    if (known === null || !isComplete(recent, p, sought)) return null
    return read || sought.remembered.version === 0 ? readOn(known, sought) : known
  }
}
