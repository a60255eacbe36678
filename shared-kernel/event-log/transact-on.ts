import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import { buildCommit, commitIdOf, type Tail } from './build-commit.ts'
import type { CommitStore, LogIdentity } from './commit-store.ts'
import type { EventLogFault, Fold, Refused, Transacted, Transaction } from './event-log.ts'
import { partitionOf } from './partition-of.ts'
import { readStreamFrom } from './read-stream-from.ts'

type Answer<State, Refusal> = E.Either<EventLogFault | Refused<Refusal>, Transacted<State>>

const broughtUpToDate = <State, Refusal>(
  store: CommitStore,
  { stream, remembered, evolve }: Transaction<State, Refusal>,
): E.Either<EventLogFault, Fold<State>> => {
  const version = store.streamVersion(stream)
  if (remembered.version > version) {
    throw new RangeError(`${stream} is at version ${version}, a fold of ${remembered.version} is not of this log`)
  }
  if (remembered.version === version) return E.right(remembered)
  return pipe(
    readStreamFrom(store, stream, remembered.version + 1),
    E.map(events => ({ version, state: events.reduce((state, { event }) => evolve(state, event), remembered.state) })),
  )
}

const refused = <Refusal>(refusal: Refusal): Refused<Refusal> => ({ _tag: 'Refused', refusal })

const appendOn = <State, Refusal>(
  store: CommitStore,
  { logId, clock }: LogIdentity,
  at: Readonly<{ p: number; tail: Tail; fold: Fold<State>; transaction: Transaction<State, Refusal> }>,
  events: ReadonlyArray<DomainEvent>,
): E.Either<EventLogFault, Transacted<State>> => {
  const { p, tail, fold, transaction } = at
  if (events.length === 0) return E.right({ outcome: 'unchanged', position: null, fold })
  return pipe(
    buildCommit({ logId, p, tail, version: fold.version, transaction, events, now: clock() }),
    E.map(commit => {
      const state = events.reduce(transaction.evolve, fold.state)
      store.insert(commit)
      return {
        outcome: 'appended',
        position: { p, n: commit.n },
        fold: { version: fold.version + events.length, state },
      }
    }),
  )
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
      broughtUpToDate(store, transaction),
      E.chain((fold): Answer<State, Refusal> => {
        const n = fold.version === 0 ? null : store.positionOf(transaction.stream, commitIdOf(transaction))
        if (n !== null) return E.right({ outcome: 'repeated', position: { p, n }, fold })
        return pipe(
          transaction.decide(fold.state),
          E.mapLeft(refused),
          E.chainW(events => appendOn(store, identity, { p, tail, fold, transaction }, events)),
        )
      }),
    )
  }
