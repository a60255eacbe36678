import { afterEach, beforeEach } from 'vitest'
import type { StoredCommit } from '../commit.ts'
import type { EventLog, Transacted } from '../event-log.ts'
import { type Notes, notingTransaction } from './noting-transaction.ts'
import { rightOf } from './right-of.ts'

/** Gives a new, empty log each time. */
export type OpenLog = (options: Readonly<{ partitions: number; clock: () => Date }>) => Promise<EventLog>

type GivenLog = Readonly<{
  log: EventLog
  setClock: (time: Date) => void
  append: (stream: string, ...texts: Notes) => Promise<Transacted<Notes>>
  commitsOf: (p: number) => Promise<ReadonlyArray<StoredCommit>>
}>

/** A log of four partitions for each test of the surrounding suite, closed afterwards. */
export const logForEach = (open: OpenLog): GivenLog => {
  let log: EventLog
  let now: Date
  beforeEach(async () => {
    now = new Date('2026-05-06T07:08:09.012Z')
    log = await open({ partitions: 4, clock: () => now })
  })
  afterEach(() => log.close())
  return {
    get log() {
      return log
    },
    setClock: time => {
      now = time
    },
    append: async (stream, ...texts) => rightOf(await log.transact(notingTransaction(stream, texts))()),
    commitsOf: async p => rightOf(await log.readPartition(p, 0, 1000)()),
  }
}
