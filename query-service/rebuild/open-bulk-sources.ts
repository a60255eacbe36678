import type { EventLogUnusable } from '@runledger/shared-kernel/event-log/event-log-unusable.ts'
import type { ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { BulkSources } from './bulk-in-process.ts'
import type { BulkPlaces } from './bulk-in-thread.ts'

type OpenSources = BulkSources & Readonly<{ close: () => Promise<void> }>

type Opening = TE.TaskEither<EventLogUnusable | ReadModelStoreFault, OpenSources>

type Closable = Readonly<{ close: () => Promise<void> }>

const together = <Log extends BulkSources['log'] & Closable>({
  log,
  store,
}: Readonly<{ log: Log; store: BulkSources['store'] }>): OpenSources => ({
  ...{ log, store },
  close: async () => void (await Promise.all([log.close(), store.close()])),
})

// What is built grows at its end: 16 MiB were no faster, and count for what the process holds.
const builderCacheKiB = 4096

// Loaded where they are wanted: a thread that reads files is at work before a database's driver would be there.
const openFiles = async ({ log, store }: Extract<BulkPlaces, { kind: 'sqlite' }>): Promise<Opening> => {
  const [{ openSqliteLogReader }, { openSqliteReadModelStore }] = await Promise.all([
    import('@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-reader.ts'),
    import('@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'),
  ])
  return pipe(
    TE.Do,
    TE.bind('log', () => openSqliteLogReader(log)),
    TE.bindW('store', () =>
      openSqliteReadModelStore({ file: store, cacheKiB: builderCacheKiB, checkpointsAside: true }),
    ),
    TE.map(together),
  )
}

const openDatabase = async (place: Extract<BulkPlaces, { kind: 'mongo' }>): Promise<Opening> => {
  const [{ openMongoEventLog }, { openMongoReadModelStore }] = await Promise.all([
    import('@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'),
    import('@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'),
  ])
  return pipe(
    TE.Do,
    TE.bind('log', () => openMongoEventLog(place)),
    TE.bindW('store', () => openMongoReadModelStore(place)),
    TE.map(together),
  )
}

/** Connections of a thread's own. */
export const openBulkSources =
  (places: BulkPlaces): Opening =>
  async () =>
    (await (places.kind === 'sqlite' ? openFiles(places) : openDatabase(places)))()
