import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { broughtUpToDate, checkRemembered } from './brought-up-to-date.ts'
import { commitIdOf } from './commit-ids.ts'
import type { CommitStore, LogIdentity } from './commit-store.ts'
import { type Draft, draftCommit } from './draft-commit.ts'
import type { EventLogFault, Fold, Refused, Transaction } from './event-log.ts'
import { partitionOf } from './partition-of.ts'

/** The commit that was inserted, if any, and what to answer. */
type Done<State> = Pick<Draft<State>, 'commit' | 'answer'>

type Answer<State, Refusal> = E.Either<EventLogFault | Refused<Refusal>, Done<State>>

const foldOf = <State, Refusal>(
  store: CommitStore,
  transaction: Transaction<State, Refusal>,
): E.Either<EventLogFault, Fold<State>> => {
  const { stream, remembered } = transaction
  const version = store.streamVersion(stream)
  checkRemembered(transaction, version)
  if (remembered.version === version) return E.right(remembered)
  return broughtUpToDate(transaction, store.streamFrom(stream, remembered.version + 1))
}

/**
 * One transaction against a store no one else writes to meanwhile: tail, stream, decide, insert. What `decide` and
 * `evolve` throw is thrown on, with nothing inserted.
 */
export const transactOn =
  (store: CommitStore, identity: LogIdentity) =>
  <State, Refusal>(transaction: Transaction<State, Refusal>): Answer<State, Refusal> => {
    const p = partitionOf(transaction.stream, identity.partitions)
    const tail = store.tail(p)
    return pipe(
      foldOf(store, transaction),
      E.chain((fold): Answer<State, Refusal> => {
        const n = fold.version === 0 ? null : store.positionOf(transaction.stream, commitIdOf(transaction))
        if (n !== null) return E.right({ commit: null, answer: { outcome: 'repeated', position: { p, n }, fold } })
        return pipe(
          draftCommit(identity, { p, tail, fold }, transaction),
          E.map(({ commit, events, answer }) => {
            if (commit !== null) store.insert(commit, events)
            return { commit, answer }
          }),
        )
      }),
    )
  }
