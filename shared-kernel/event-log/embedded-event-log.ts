import * as E from 'fp-ts/lib/Either.js'
import { createAnnouncer } from './announcer.ts'
import { askWhileOpen } from './ask-while-open.ts'
import { checkTransaction } from './check-transaction.ts'
import type { StoredCommit } from './commit.ts'
import type { CommitStore, LogIdentity } from './commit-store.ts'
import type { EventLog, EventLogFault } from './event-log.ts'
import { readStreamFrom } from './read-stream-from.ts'
import { transactOn } from './transact-on.ts'
import { type WrittenLately, writtenLately } from './written-lately.ts'

export type EmbeddedStore = Readonly<{
  commits: CommitStore
  /**
   * Runs the work alone and answers once what it inserted is durable; otherwise rejects with what was thrown. Patient work
   * may wait a moment for other work to go with.
   */
  write: <A>(work: () => A, isPatient: boolean) => Promise<A>
  /** What a thrown value says of the store; null where it is a defect. */
  faultOf: (thrown: unknown) => EventLogFault | null
  /** Waits for writes under way, then releases the store. */
  close: () => Promise<void>
}>

type Written = Readonly<{ commits: CommitStore; lately: WrittenLately }>

const partitionsAfter = ({ commits, lately }: Written, after: ReadonlyMap<number, number>, limit: number) => {
  const found: Array<StoredCommit> = []
  for (const [p, n] of [...after].sort(([one], [other]) => one - other)) {
    if (found.length >= limit) break
    const left = limit - found.length
    found.push(...(lately.after(p, n)?.slice(0, left) ?? commits.partitionAfter(p, n, left)))
  }
  return found
}

/** An event log over a synchronous store that this process alone writes to. */
export const embeddedEventLog = (identity: LogIdentity, store: EmbeddedStore): EventLog => {
  const { logId, partitions } = identity
  const { commits } = store
  const { onAppended, announce } = createAnnouncer()
  const { ask, shut } = askWhileOpen(store.faultOf)
  const transactNow = transactOn(commits, identity)
  const lately = writtenLately()
  return {
    logId,
    partitions,
    transact: transaction => () =>
      ask(async () => {
        checkTransaction(transaction)
        // Who begins a stream waits for an answer alone; for what follows a program may be waiting, and a processor.
        const isPatient = transaction.remembered.version === 0
        const done = await store.write(() => transactNow(transaction), isPatient)
        if (E.isLeft(done)) return done
        const { commit, answer } = done.right
        if (commit !== null) {
          lately.note(commit)
          announce({ p: commit.p, n: commit.n })
        }
        return E.right(answer)
      }),
    readStream: (stream, from) => () => ask(async () => readStreamFrom(commits.streamFrom(stream, from), stream, from)),
    readPartition: (p, after, limit) => () => ask(async () => E.right(commits.partitionAfter(p, after, limit))),
    readPartitions: (after, limit) => () =>
      ask(async () => E.right(partitionsAfter({ commits, lately }, after, limit))),
    tails: () => () => ask(async () => E.right(Array.from({ length: partitions }, (_, p) => commits.tail(p).n))),
    onAppended,
    close: async () => {
      shut()
      await store.close()
    },
  }
}
