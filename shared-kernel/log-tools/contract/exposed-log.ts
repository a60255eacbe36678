import { afterAll, beforeAll } from 'vitest'
import type { StoredCommit } from '../../event-log/commit.ts'
import { notingTransaction } from '../../event-log/contract/noting-transaction.ts'
import { readWholeLog } from '../../event-log/contract/read-whole-log.ts'
import { rightOf } from '../../event-log/contract/right-of.ts'
import type { EventLog } from '../../event-log/event-log.ts'
import type { LogStorage } from '../../event-log/log-storage.ts'
import { type KnownHead, type LogVerdict, verifyLog } from '../verify-log.ts'

/** A log, its storage for the tools, and its store laid open. */
export type ExposedLog = Readonly<{
  log: EventLog
  storage: LogStorage
  /** Puts exactly these commits where the log's were, whatever they say. Rejects where an index refuses them. */
  store: (commits: ReadonlyArray<StoredCommit>) => Promise<void>
}>

export type ExposeLog = (partitions: number) => Promise<ExposedLog>

/** One log for all tests of the surrounding suite, with `count` commits of four streams in two partitions. */
export const exposedLogWith = (count: number, expose: ExposeLog) => {
  let exposed: ExposedLog
  let original: ReadonlyArray<StoredCommit>
  const append = async (stream: string, text: string) =>
    rightOf(await exposed.log.transact(notingTransaction(stream, [text, text]))())
  beforeAll(async () => {
    exposed = await expose(2)
    for (let i = 0; i < count; i++) await append(`stream-${i % 4}`, `note ${i}`)
    original = (await readWholeLog(exposed.log)).flat()
  })
  afterAll(async () => {
    await exposed.storage.close()
    await exposed.log.close()
  })
  return {
    append,
    get exposed() {
      return exposed
    },
    get original() {
      return original
    },
    verify: async (known: ReadonlyArray<KnownHead> = []): Promise<LogVerdict> => {
      const bounds = { from: new Map(), to: new Map() }
      return rightOf(await verifyLog(exposed.storage, { bounds, known, onPage: () => undefined })())
    },
  }
}

/** The first bad position of each partition that has one. */
export const brokenIn = ({ partitions }: LogVerdict) =>
  [...partitions.values()].flatMap(verdict => (verdict._tag === 'Broken' ? [verdict.position] : []))
