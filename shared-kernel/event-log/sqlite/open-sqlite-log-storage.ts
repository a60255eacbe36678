import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { askWhileOpen } from '../ask-while-open.ts'
import type { EventLogFault } from '../event-log.ts'
import type { EventLogUnusable } from '../event-log-unusable.ts'
import type { Genesis } from '../genesis.ts'
import type { LogStorage } from '../log-storage.ts'
import { openExistingLog } from './open-existing-log.ts'
import { sqliteCommitStore } from './sqlite-commit-store.ts'
import { sqliteFault } from './sqlite-fault.ts'

type Options = Readonly<{ file: string; readOnly: boolean }>

// An integer column that was altered may hold what no number of JavaScript can.
const isOutOfRange = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_OUT_OF_RANGE'

const faultOf = (thrown: unknown): EventLogFault | null =>
  isOutOfRange(thrown) ? { _tag: 'EventLogFault', kind: 'corrupt', message: thrown.message } : sqliteFault(thrown)

const uniqueConstraint = 2067

const isTaken = (thrown: unknown): boolean =>
  thrown instanceof Error && 'errcode' in thrown && thrown.errcode === uniqueConstraint

/** The storage behind an open database whose genesis has been read. Closing it closes the database. */
const sqliteLogStorageOn = (db: DatabaseSync, { logId, partitions }: Genesis): LogStorage => {
  const commits = sqliteCommitStore(db, logId)
  const tail = db.prepare('SELECT min(n, 9007199254740991) AS n FROM commits WHERE p = ? ORDER BY n DESC LIMIT 1')
  const stray = db.prepare(
    'SELECT CAST(p AS TEXT) AS p, CAST(n AS TEXT) AS n FROM commits WHERE p < 0 OR p >= ? OR n < 1 LIMIT 1',
  )
  const { ask, shut } = askWhileOpen(faultOf)
  const tailOf = (p: number): number => Number(tail.get(p)?.['n'] ?? 0)
  return {
    logId,
    partitions,
    readPartition: (p, after, limit) => () => ask(async () => E.right(commits.partitionAfter(p, after, limit))),
    tails: () => () => ask(async () => E.right(Array.from({ length: partitions }, (_, p) => tailOf(p)))),
    stray: () => () =>
      ask(async () => {
        const found = stray.get(partitions)
        return E.right(found === undefined ? null : `partition ${found['p']}, position ${found['n']}`)
      }),
    insert: commit => () =>
      ask(async () => {
        try {
          commits.insert(commit)
          return E.right('written' as const)
        } catch (thrown) {
          if (!isTaken(thrown)) throw thrown
          return E.right('taken' as const)
        }
      }),
    close: async () => {
      shut()
      db.close()
    },
  }
}

/**
 * Opens the log in a file for the log's tools, beside the process that writes it. Read-only, nothing can be written by
 * mistake; else waits up to five seconds for the writer's turn to end.
 */
export const openSqliteLogStorage = (options: Options): TaskEither<EventLogUnusable, LogStorage> =>
  openExistingLog({ ...options, timeoutMs: 5000 }, sqliteLogStorageOn)
