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
import { presumedTail } from './presumed-tail.ts'
import { type Reading, readBeforeDeciding } from './read-before-deciding.ts'
import type { RecentCommits } from './recent-commits.ts'
import type { SchemaLedger } from './schema-ledger.ts'

type Answer<State, Refusal> = E.Either<EventLogFault | Refused<Refusal>, Transacted<State>>

/** Called each time an append begins again: how much the processes get into each other's way. */
export type OnRetry = (setback: Setback) => void

// Then others are at it: what is read in full has the best chance.
const mostPresumed = 3

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

type Store = Readonly<{ commits: CommitCollection; ledger: SchemaLedger; recent: RecentCommits }>

/**
 * One transaction beside any number of other processes: tail first, then the stream; decide; insert behind that tail.
 * A tail seen before is as good as one just read, as long as it is the tail: the insert finds out.
 * Whoever was overtaken begins again. So does who lost an answer: what was sent is then found in the stream, or its place
 * is taken by another commit, or this attempt meets it there.
 */
export const transactOnMongo = ({ commits, ledger, recent }: Store, identity: LogIdentity, onRetry: OnRetry) => {
  const presume = presumedTail(commits, recent)

  const insert = async <State>(
    { commit, events, answer }: Draft<State>,
    unanswered: Set<string>,
  ): Promise<E.Either<never, Transacted<State>> | Setback> => {
    if (commit === null) return E.right(answer)
    await ledger.enter(events)
    const setback = await insertCommit(commits, commit)
    if (setback === null) recent.note([commit])
    if (setback === 'uncertain') {
      unanswered.add(commit.hash)
      recent.forget()
    }
    return setback ?? E.right(answer)
  }

  // To refuse, or to write nothing, takes more than a presumption.
  const draftUnread = async <State, Refusal>(
    p: number,
    transaction: Transaction<State, Refusal>,
    tries: number,
  ): Promise<Draft<State> | null> => {
    const tail = await presume(p, transaction, tries > 0)
    if (tail === null) return null
    const draft = draftCommit(identity, { p, tail, fold: transaction.remembered }, transaction)
    return E.isRight(draft) && draft.right.commit !== null ? draft.right : null
  }

  const tryOnce = async <State, Refusal>(
    p: number,
    transaction: Transaction<State, Refusal>,
    { unanswered, tries }: Readonly<{ unanswered: Set<string>; tries: number }>,
  ): Promise<Answer<State, Refusal> | Setback> => {
    const presumed = unanswered.size === 0 && tries < mostPresumed ? await draftUnread(p, transaction, tries) : null
    if (presumed !== null) return insert(presumed, unanswered)
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
    return E.isLeft(draft) ? draft : insert(draft.right, unanswered)
  }

  return async <State, Refusal>(transaction: Transaction<State, Refusal>): Promise<Answer<State, Refusal>> => {
    const p = partitionOf(transaction.stream, identity.partitions)
    const hasEnough = createPatience()
    const unanswered = new Set<string>()
    for (let tries = 0; ; tries++) {
      const outcome = await tryOnce(p, transaction, { unanswered, tries })
      if (typeof outcome !== 'string') return outcome
      onRetry(outcome)
      const fault = hasEnough(outcome)
      if (fault !== null) return E.left(fault)
      await fullJitterPause(tries)
    }
  }
}
