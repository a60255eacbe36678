import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { fullJitterPause } from '../../mongo/full-jitter-pause.ts'
import type { LogIdentity } from '../commit-store.ts'
import { type Draft, draftCommit } from '../draft-commit.ts'
import type { EventLogFault, Refused, Transacted, Transaction } from '../event-log.ts'
import { partitionOf } from '../partition-of.ts'
import type { CommitCollection } from './commit-collection.ts'
import { insertCommit, type Setback } from './insert-commit.ts'
import { createPatience } from './patience.ts'
import { type Reading, readBeforeDeciding } from './read-before-deciding.ts'
import type { SchemaLedger } from './schema-ledger.ts'

type Answer<State, Refusal> = E.Either<EventLogFault | Refused<Refusal>, Transacted<State>>

/** Called each time an append begins again: how much the processes get into each other's way. */
export type OnRetry = (setback: Setback) => void

// Found where an answer was lost, a commit is what this append sent. Else it is another's, even where it is the same to
// the byte: one command sent twice in one millisecond.
const alreadyThere = <State>(
  { fold }: Reading<State>,
  prior: Readonly<{ p: number; n: number; hash: string }>,
  unanswered: ReadonlySet<string>,
): Draft<State> => {
  const outcome = unanswered.has(prior.hash) ? 'appended' : 'repeated'
  return { commit: null, events: [], answer: { outcome, position: { p: prior.p, n: prior.n }, fold } }
}

/**
 * One transaction beside any number of other processes: tail first, then the stream; decide; insert behind that tail.
 * Whoever was overtaken begins again. So does who lost an answer: what was sent is then found in the stream, or its place
 * is taken by another commit, or this attempt meets it there.
 */
export const transactOnMongo = (
  { commits, ledger }: Readonly<{ commits: CommitCollection; ledger: SchemaLedger }>,
  identity: LogIdentity,
  onRetry: OnRetry,
) => {
  const tryOnce = async <State, Refusal>(
    p: number,
    transaction: Transaction<State, Refusal>,
    unanswered: Set<string>,
  ): Promise<Answer<State, Refusal> | Setback> => {
    const tail = await commits.tail(p)
    const reading = await readBeforeDeciding(commits, p, transaction)
    if (reading === null) return 'overtaken'
    const draft = pipe(
      reading,
      E.chainW(read =>
        read.prior === null
          ? draftCommit(identity, { p, tail, fold: read.fold }, transaction)
          : E.right(alreadyThere(read, read.prior, unanswered)),
      ),
    )
    if (E.isLeft(draft)) return draft
    const { commit, events, answer } = draft.right
    if (commit === null) return E.right(answer)
    await ledger.enter(events)
    const setback = await insertCommit(commits, commit)
    if (setback === 'uncertain') unanswered.add(commit.hash)
    return setback ?? E.right(answer)
  }

  return async <State, Refusal>(transaction: Transaction<State, Refusal>): Promise<Answer<State, Refusal>> => {
    const p = partitionOf(transaction.stream, identity.partitions)
    const hasEnough = createPatience()
    const unanswered = new Set<string>()
    for (let tries = 0; ; tries++) {
      const outcome = await tryOnce(p, transaction, unanswered)
      if (typeof outcome !== 'string') return outcome
      onRetry(outcome)
      const fault = hasEnough(outcome)
      if (fault !== null) return E.left(fault)
      await fullJitterPause(tries)
    }
  }
}
