import { existsSync } from 'node:fs'
import { type BulkPlaces, bulkInThread } from '@runledger/query-service/rebuild/bulk-in-thread.ts'
import type { BulkWork } from '@runledger/query-service/rebuild/bulk-work.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteLogReader } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-reader.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { storeFiles } from '../compose/open-stores.ts'
import { lockDataDir } from '../data-dir/lock-data-dir.ts'
import { isServed } from './is-served.ts'

export type Sources = Readonly<{
  log: Pick<EventLog, 'readPartition' | 'readStream' | 'tails' | 'close'>
  store: ReadModelStore
  bulk: BulkWork
  isShared: boolean
  /** Right: the log for this process to follow, since no server does; null where one does. Left: neither can be. */
  followed: TE.TaskEither<string, EventLog | null>
}>

type Needs = Readonly<{ config: Config; teardown: Teardown }>

const messageOf = ({ message }: Readonly<{ message: string }>): string => message

const bulkOf = (places: BulkPlaces): BulkWork => bulkInThread(places)

// A server holds the folder: then it does what is asked. Otherwise this process holds it until it ends.
const followedFile = ({ config, teardown }: Needs): Sources['followed'] => {
  const lock = lockDataDir(config.dataDir)
  if (E.isLeft(lock)) return lock.left.kind === 'locked' ? TE.right(null) : TE.left(lock.left.message)
  teardown.add('data folder', lock.right.release)
  return pipe(
    openSqliteEventLog({ file: storeFiles(config.dataDir).log }),
    TE.mapLeft(messageOf),
    TE.tapIO(log => () => teardown.add('event log', log.close)),
  )
}

const openFiles = (needs: Needs): TE.TaskEither<string, Sources> => {
  const { config, teardown } = needs
  const files = storeFiles(config.dataDir)
  if (!existsSync(files.log)) return TE.left(`there is no event log in ${config.dataDir}: set DATA_DIR or MONGO_URL`)
  return pipe(
    TE.Do,
    TE.bind('log', () => openSqliteLogReader(files.log)),
    TE.bindW('store', () => openSqliteReadModelStore({ file: files.store })),
    TE.mapLeft(messageOf),
    TE.tapIO(({ log, store }) => () => {
      teardown.add('log reader', log.close)
      teardown.add('read models', store.close)
    }),
    TE.map(({ log, store }) => ({
      ...{ log, store, isShared: false },
      bulk: bulkOf({ kind: 'sqlite', ...files }),
      followed: () => followedFile(needs)(),
    })),
  )
}

const openDatabase = ({ teardown }: Needs, url: string): TE.TaskEither<string, Sources> =>
  pipe(
    TE.Do,
    TE.bind('log', () => openMongoEventLog({ url })),
    TE.bindW('store', () => openMongoReadModelStore({ url })),
    TE.mapLeft(messageOf),
    TE.tapIO(({ log, store }) => () => {
      teardown.add('event log', log.close)
      teardown.add('read models', store.close)
    }),
    TE.map(({ log, store }) => ({
      ...{ log, store, isShared: true },
      bulk: bulkOf({ kind: 'mongo', url }),
      followed: pipe(
        isServed(store.leases),
        TE.mapLeft(messageOf),
        TE.map(served => (served ? null : log)),
      ),
    })),
  )

/** The stores that the configuration names, beside whoever serves them. */
export const openSources = (needs: Needs): TE.TaskEither<string, Sources> =>
  needs.config.mongoUrl === null ? openFiles(needs) : openDatabase(needs, needs.config.mongoUrl)
