import { isDeepStrictEqual } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { RecordedEvent } from '../event-log/commit.ts'
import { type CommitIds, commitIdsOf } from '../event-log/commit-ids.ts'
import type { EventLog, EventLogFault, Refused, Transacted, Transaction } from '../event-log/event-log.ts'
import { createTurnEnd } from '../timing/when-turn-ends.ts'
import type { KeyStoreFault } from './key-store.ts'
import type { Keyring } from './keyring.ts'
import { openEvents } from './open-events.ts'
import type { DataKey } from './seal-bytes.ts'
import { isPlainContent, sealEvent } from './seal-event.ts'

type Events = ReadonlyArray<DomainEvent>

type Answer<State, Refusal> = E.Either<EventLogFault | Refused<Refusal>, Transacted<State>>

const needsKey = { _tag: 'NeedsKey' } as const

const unreachable = ({ message }: KeyStoreFault): EventLogFault => ({
  _tag: 'EventLogFault',
  kind: 'unreachable',
  message: `the store of the data keys: ${message}`,
})

const holdsContent = (events: Events): boolean => events.some(isPlainContent)

type Decided<Refusal> = E.Either<Refusal, Events>

const isToSeal = (decided: Decided<unknown>): boolean => E.isRight(decided) && holdsContent(decided.right)

/** Decided again, the same events are sealed to the same bytes. */
const sealingWith = (key: DataKey, stream: string, ids: CommitIds) => {
  const sealedBefore: Array<Readonly<{ plain: DomainEvent; sealed: DomainEvent }>> = []

  const sealAt = (plain: DomainEvent, index: number): DomainEvent => {
    if (!isPlainContent(plain)) return plain
    const before = sealedBefore[index]
    if (before !== undefined && isDeepStrictEqual(before.plain, plain)) return before.sealed
    const sealed = sealEvent(key, { stream, id: ids.event(index) }, plain)
    sealedBefore[index] = { plain, sealed }
    return sealed
  }

  return (events: Events): Events => events.map(sealAt)
}

// What is decided on the state that is remembered is sealed here already: at the end of the turn, back to back with the seals
// of others, which takes half the time it takes between other things. Where nothing came in between, that is what is appended.
const deciding = <State, Refusal, Given>(
  transaction: Transaction<State, Refusal>,
  ahead: Decided<Refusal>,
  then: (decided: Decided<Refusal>) => Decided<Given>,
): Transaction<State, Given> => {
  const { state } = transaction.remembered
  const first = then(ahead)
  return { ...transaction, decide: current => (current === state ? first : then(transaction.decide(current))) }
}

const sealedBy = <State, Refusal>(
  key: DataKey,
  transaction: Transaction<State, Refusal>,
  ahead: Decided<Refusal>,
): Transaction<State, Refusal> => {
  const ids = commitIdsOf(transaction)
  const sealing = sealingWith(key, transaction.stream, ids)
  return deciding({ ...transaction, ids }, ahead, decided =>
    E.isLeft(decided) ? decided : E.right(sealing(decided.right)),
  )
}

const withoutKey = <State, Refusal>(
  transaction: Transaction<State, Refusal>,
  ahead: Decided<Refusal>,
): Transaction<State, Refusal | typeof needsKey> =>
  deciding<State, Refusal, Refusal | typeof needsKey>(transaction, ahead, decided =>
    isToSeal(decided) ? E.left(needsKey) : decided,
  )

const isWithoutKey = <State, Refusal>(
  answer: Answer<State, Refusal | typeof needsKey>,
): answer is E.Left<Refused<typeof needsKey>> =>
  E.isLeft(answer) && answer.left._tag === 'Refused' && answer.left.refusal === needsKey

const isReceived = ({ event }: RecordedEvent): boolean => event.type === 'SubmissionReceived'

/**
 * The log to whoever decides: what is appended is sealed with the data key of its stream, which is durable before, and
 * what was received is read in plain where the key is there. Output stays sealed: nobody decides on it.
 */
export const sealedEventLog = (log: EventLog, keyring: Keyring): EventLog => {
  const openReceived = openEvents(keyring, isReceived)
  const atTurnEnd = createTurnEnd()

  const transactWith = <State, Refusal>(
    key: DataKey,
    transaction: Transaction<State, Refusal>,
    ahead: Decided<Refusal>,
  ): Promise<Answer<State, Refusal>> => {
    const sealed = () => sealedBy(key, transaction, ahead)
    if (!isToSeal(ahead)) return log.transact(sealed())()
    return atTurnEnd(sealed).then(ready => log.transact(ready)())
  }

  const transactEnsured = async <State, Refusal>(
    transaction: Transaction<State, Refusal>,
    ahead: Decided<Refusal>,
  ): Promise<Answer<State, Refusal>> => {
    const { stream, meta, remembered } = transaction
    const key = await keyring.ensure({ stream, tenant: meta.tenant, isNew: remembered.version === 0 })()
    return E.isLeft(key) ? E.left(unreachable(key.left)) : transactWith(key.right, transaction, ahead)
  }

  const transact =
    <State, Refusal>(transaction: Transaction<State, Refusal>) =>
    async (): Promise<Answer<State, Refusal>> => {
      const ahead = transaction.decide(transaction.remembered.state)
      const key = keyring.atHand(transaction.stream)
      if (key !== null) return transactWith(key, transaction, ahead)
      if (isToSeal(ahead)) return transactEnsured(transaction, ahead)
      const answer = await log.transact(withoutKey(transaction, ahead))()
      return isWithoutKey(answer) ? transactEnsured(transaction, ahead) : (answer as Answer<State, Refusal>)
    }

  return {
    ...log,
    transact,
    readStream: (stream, from) =>
      pipe(
        log.readStream(stream, from),
        TE.flatMap(events => pipe(openReceived(events), TE.mapLeft(unreachable))),
      ),
  }
}
