import * as E from 'fp-ts/lib/Either.js'
import { createAnnouncer } from './announcer.ts'
import { checkTransaction } from './check-transaction.ts'
import type { CommitStore, LogIdentity } from './commit-store.ts'
import type { EventLog, EventLogFault } from './event-log.ts'
import { readStreamFrom } from './read-stream-from.ts'
import { transactOn } from './transact-on.ts'

export type EmbeddedStore = Readonly<{
  commits: CommitStore
  /** Runs the work alone and answers once what it inserted is durable; otherwise rejects with what was thrown. */
  write: <A>(work: () => A) => Promise<A>
  /** What a thrown value says of the store; null where it is a defect. */
  faultOf: (thrown: unknown) => EventLogFault | null
  /** Waits for writes under way, then releases the store. */
  close: () => Promise<void>
}>

const closed: EventLogFault = { _tag: 'EventLogFault', kind: 'unreachable', message: 'the log is closed' }

/** An event log over a synchronous store that this process alone writes to. */
export const embeddedEventLog = (identity: LogIdentity, store: EmbeddedStore): EventLog => {
  const { logId, partitions } = identity
  const { onAppended, announce } = createAnnouncer()
  const transactNow = transactOn(store.commits, identity)
  let isOpen = true

  const ask = async <Fault, A>(
    question: () => Promise<E.Either<Fault, A>>,
  ): Promise<E.Either<Fault | EventLogFault, A>> => {
    if (!isOpen) return E.left(closed)
    try {
      return await question()
    } catch (thrown) {
      const fault = store.faultOf(thrown)
      if (fault === null) throw thrown
      return E.left(fault)
    }
  }

  return {
    logId,
    partitions,
    transact: transaction => () =>
      ask(async () => {
        checkTransaction(transaction)
        const answer = await store.write(() => transactNow(transaction))
        if (E.isRight(answer) && answer.right.outcome === 'appended') announce(answer.right.position)
        return answer
      }),
    readStream: (stream, fromVersion) => () => ask(async () => readStreamFrom(store.commits, stream, fromVersion)),
    readPartition: (p, after, limit) => () => ask(async () => E.right(store.commits.partitionAfter(p, after, limit))),
    tails: () => () => ask(async () => E.right(Array.from({ length: partitions }, (_, p) => store.commits.tail(p).n))),
    onAppended,
    close: async () => {
      isOpen = false
      await store.close()
    },
  }
}
