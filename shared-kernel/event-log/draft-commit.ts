import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import { buildCommit, type Tail } from './build-commit.ts'
import type { StoredCommit } from './commit.ts'
import type { LogIdentity } from './commit-store.ts'
import type { EventLogFault, Fold, Refused, Transacted, Transaction } from './event-log.ts'

/** What was read before deciding: the partition's tail first, then the stream. */
export type Basis<State> = Readonly<{ p: number; tail: Tail; fold: Fold<State> }>

/** A commit to insert, null where there is nothing to write, its events, and what to answer once that is durable. */
export type Draft<State> = Readonly<{
  commit: StoredCommit | null
  events: ReadonlyArray<DomainEvent>
  answer: Transacted<State>
}>

const refused = <Refusal>(refusal: Refusal): Refused<Refusal> => ({ _tag: 'Refused', refusal })

const draftOf = <State, Refusal>(
  { logId, clock }: Pick<LogIdentity, 'logId' | 'clock'>,
  { p, tail, fold }: Basis<State>,
  transaction: Transaction<State, Refusal>,
  events: ReadonlyArray<DomainEvent>,
): E.Either<EventLogFault, Draft<State>> => {
  if (events.length === 0)
    return E.right({ commit: null, events, answer: { outcome: 'unchanged', position: null, fold } })
  return pipe(
    buildCommit({ logId, p, tail, version: fold.version, transaction, events, now: clock() }),
    E.map(commit => {
      const version = fold.version + events.length
      const state = events.reduce(transaction.evolve, fold.state)
      return { commit, events, answer: { outcome: 'appended', position: { p, n: commit.n }, fold: { version, state } } }
    }),
  )
}

/** Decides on what was read. Writes nothing; what `decide` and `evolve` throw is thrown on. */
export const draftCommit = <State, Refusal>(
  identity: Pick<LogIdentity, 'logId' | 'clock'>,
  basis: Basis<State>,
  transaction: Transaction<State, Refusal>,
): E.Either<EventLogFault | Refused<Refusal>, Draft<State>> =>
  pipe(
    transaction.decide(basis.fold.state),
    E.mapLeft(refused),
    E.chainW(events => draftOf(identity, basis, transaction, events)),
  )
