import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { broughtUpToDate, checkRemembered } from '../brought-up-to-date.ts'
import type { StoredCommit } from '../commit.ts'
import { commitIdOf } from '../commit-ids.ts'
import type { EventLogFault, Fold, Transaction } from '../event-log.ts'
import type { CommitCollection } from './commit-collection.ts'

/** The stream as it is, and the commit this command has already made, if any. */
export type Reading<State> = Readonly<{ fold: Fold<State>; prior: StoredCommit | null }>

type CommitsRead = Readonly<{ later: ReadonlyArray<StoredCommit>; byId: StoredCommit | null }>

const readCommits = async <State, Refusal>(
  commits: CommitCollection,
  p: number,
  transaction: Transaction<State, Refusal>,
): Promise<CommitsRead> => {
  const { stream, remembered } = transaction
  const from = remembered.version + 1
  if (remembered.version === 0) return { later: await commits.streamAfter(p, stream, from), byId: null }
  const [version, byId] = await Promise.all([
    commits.streamVersion(p, stream),
    commits.byId(p, commitIdOf(transaction)),
  ])
  checkRemembered(transaction, version)
  // Mostly nobody has appended to the stream since: a worker goes on where it was.
  const later = version === remembered.version ? [] : await commits.streamAfter(p, stream, from)
  return { later, byId }
}

/** Reads what came after the remembered fold; null where another process appended in the middle of it. */
export const readBeforeDeciding = async <State, Refusal>(
  commits: CommitCollection,
  p: number,
  transaction: Transaction<State, Refusal>,
): Promise<E.Either<EventLogFault, Reading<State>> | null> => {
  const { later, byId } = await readCommits(commits, p, transaction)
  const commitId = commitIdOf(transaction)
  const prior = later.find(({ _id }) => _id === commitId) ?? byId
  const reading = pipe(
    broughtUpToDate(transaction, later),
    E.map(fold => ({ fold, prior })),
  )
  const isTorn = E.isRight(reading) && prior !== null && prior.v > reading.right.fold.version
  return isTorn ? null : reading
}
