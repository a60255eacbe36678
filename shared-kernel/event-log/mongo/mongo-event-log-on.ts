import * as E from 'fp-ts/lib/Either.js'
import { createAnnouncer } from '../announcer.ts'
import { askWhileOpen } from '../ask-while-open.ts'
import { checkTransaction } from '../check-transaction.ts'
import type { StoredCommit } from '../commit.ts'
import type { LogIdentity } from '../commit-store.ts'
import type { EventLog, EventLogFault } from '../event-log.ts'
import { orFault } from '../or-fault.ts'
import { partitionOf } from '../partition-of.ts'
import { readStreamFrom } from '../read-stream-from.ts'
import type { CommitCollection } from './commit-collection.ts'
import { mongoFault } from './mongo-fault.ts'
import { partitionQueues } from './partition-queues.ts'
import { recentCommits } from './recent-commits.ts'
import type { SchemaLedger } from './schema-ledger.ts'
import { type OnRetry, transactOnMongo } from './transact-on-mongo.ts'

type MongoStore = Readonly<{
  commits: CommitCollection
  ledger: SchemaLedger
  onRetry: OnRetry
  disconnect: () => Promise<void>
}>

type Outage = Readonly<{ at: number; fault: EventLogFault }>

const isOutage = (fault: unknown): fault is EventLogFault =>
  typeof fault === 'object' && fault !== null && 'kind' in fault && fault.kind === 'unreachable'

/** The log over a database whose genesis and indexes have been asserted. Closing the log disconnects. */
export const mongoEventLogOn = (identity: LogIdentity, store: MongoStore): EventLog => {
  const { commits, onRetry, disconnect } = store
  const { logId, partitions } = identity
  const { onAppended, announce } = createAnnouncer()
  const { ask, shut } = askWhileOpen(mongoFault)
  const answered = orFault(mongoFault)
  const recent = recentCommits()
  const transactNow = transactOnMongo({ ...store, recent }, identity, onRetry)
  // Appends of one process to one partition would only get into each other's way.
  const queues = partitionQueues()
  const outages = new Map<number, Outage>()

  const noted = (found: ReadonlyArray<StoredCommit>): ReadonlyArray<StoredCommit> => {
    recent.note(found)
    return found
  }

  // Who queued before an outage was met is answered by it: one after the other, they would wait for a time-out each.
  const unlessOut = async <Fault, A>(p: number, queuedAt: number, append: () => Promise<E.Either<Fault, A>>) => {
    const outage = outages.get(p)
    if (outage !== undefined && outage.at >= queuedAt) return E.left(outage.fault)
    const answer = await append()
    if (E.isLeft(answer) && isOutage(answer.left)) {
      outages.set(p, { at: performance.now(), fault: answer.left })
      recent.forget()
    } else outages.delete(p)
    return answer
  }

  return {
    logId,
    partitions,
    transact: transaction => () =>
      ask(async () => {
        checkTransaction(transaction)
        const p = partitionOf(transaction.stream, partitions)
        const queuedAt = performance.now()
        const append = () => answered(() => transactNow(transaction))
        const answer = await queues.run(p, () => unlessOut(p, queuedAt, append))
        if (E.isRight(answer) && answer.right.outcome === 'appended') announce(answer.right.position)
        return answer
      }),
    readStream: (stream, from) => () =>
      ask(async () => {
        const p = partitionOf(stream, partitions)
        const found =
          from > 1
            ? await commits.streamAfter(p, stream, await commits.commitStart(p, stream, from))
            : await commits.stream(p, stream)
        return readStreamFrom(noted(found), stream, from)
      }),
    readPartition: (p, after, limit) => () =>
      ask(async () => E.right(noted(await commits.partitionAfter(p, after, limit)))),
    readPartitions: (after, limit) => () =>
      ask(async () => E.right(after.size === 0 ? [] : noted(await commits.partitionsAfter([...after], limit)))),
    tails: () => () =>
      ask(async () => {
        const tails = await commits.tails()
        return E.right(Array.from({ length: partitions }, (_, p) => tails.get(p) ?? 0))
      }),
    onAppended,
    close: async () => {
      shut()
      await queues.idle()
      await disconnect()
    },
  }
}
