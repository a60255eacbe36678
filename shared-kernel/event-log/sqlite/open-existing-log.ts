import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventLogUnusable } from '../event-log-unusable.ts'
import type { Genesis } from '../genesis.ts'
import { openGenesis } from './open-genesis.ts'
import { sqliteFault } from './sqlite-fault.ts'

type Options = Readonly<{
  file: string
  readOnly: boolean
  /** How long to wait for the writer's turn to end. */
  timeoutMs: number
}>

const unusable = (file: string, why: string): EventLogUnusable => ({
  _tag: 'EventLogUnusable',
  kind: 'unfit',
  message: `the event log ${file} was not opened: ${why}`,
})

const openOn = <A>(
  db: DatabaseSync,
  file: string,
  use: (db: DatabaseSync, genesis: Genesis) => A,
): E.Either<EventLogUnusable, A> => {
  const genesis = openGenesis(db, undefined)
  if (typeof genesis !== 'string') return E.right(use(db, genesis))
  db.close()
  return E.left(unusable(file, genesis))
}

/** Opens the file of a log that is there, beside the process that writes it, for `use`, which then has to close it. */
export const openExistingLog =
  <A>(
    { file, readOnly, timeoutMs }: Options,
    use: (db: DatabaseSync, genesis: Genesis) => A,
  ): TaskEither<EventLogUnusable, A> =>
  async () => {
    if (!existsSync(file)) return E.left(unusable(file, 'there is no such file; see DATA_DIR'))
    let db: DatabaseSync | null = null
    try {
      db = new DatabaseSync(file, { readOnly, timeout: timeoutMs })
      if (!readOnly) db.exec('PRAGMA synchronous = FULL')
      return openOn(db, file, use)
    } catch (thrown) {
      db?.close()
      const fault = sqliteFault(thrown)
      if (fault === null) throw thrown
      return E.left(unusable(file, fault.message))
    }
  }
