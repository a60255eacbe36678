import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { bulkInThread } from '@runledger/query-service/rebuild/bulk-in-thread.ts'
import type { BulkWork } from '@runledger/query-service/rebuild/bulk-work.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import type { KeyStore } from '@runledger/shared-kernel/sealing/key-store.ts'
import { type Keyring, openKeyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { configuredMasterKey, ownMasterKey } from '@runledger/shared-kernel/sealing/master-key.ts'
import { openSqliteKeyStore } from '@runledger/shared-kernel/sealing/sqlite/open-sqlite-key-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { lockDataDir } from '../data-dir/lock-data-dir.ts'

export type Stores = Readonly<{
  log: EventLog
  keyring: Keyring
  readModels: ReadModelStore
  queue: JobQueue
  wakeUp: WakeUp
  /** Reads and writes the same files from a thread of its own. */
  bulk: BulkWork
}>

/** Where the stores of a data folder lie. */
export const storeFiles = (dataDir: string) => ({
  log: join(dataDir, 'runledger.sqlite'),
  store: join(dataDir, 'read-models.sqlite'),
  keys: join(dataDir, 'keys.sqlite'),
  masterKey: join(dataDir, 'master.key'),
})

type Needs = Readonly<{ dataDir: string; masterKey: Config['masterKey']; logger: Logger; teardown: Teardown }>

const holdDataDir = ({ dataDir, teardown }: Needs): TE.TaskEither<string, void> =>
  pipe(
    TE.fromEither(lockDataDir(dataDir)),
    TE.mapLeft(({ message }) => message),
    TE.map(({ release }) => teardown.add('data folder', release)),
  )

const openLog = ({ dataDir, teardown }: Needs): TE.TaskEither<string, EventLog> =>
  pipe(
    openSqliteEventLog({ file: storeFiles(dataDir).log, isSoleWriter: true }),
    TE.mapLeft(({ message }) => message),
    TE.tapIO(log => () => teardown.add('event log', log.close)),
  )

const openKeyStore = ({ dataDir, teardown }: Needs): TE.TaskEither<string, KeyStore> =>
  pipe(
    openSqliteKeyStore(storeFiles(dataDir).keys),
    TE.mapLeft(({ message }) => `the data keys in ${dataDir} were not opened: ${message}`),
    TE.tapIO(store => () => teardown.add('data keys', store.close)),
  )

// Where none is configured the folder has one of its own, made before the first data key is.
const openMasterKey = ({ dataDir, masterKey }: Needs, store: KeyStore): TE.TaskEither<string, KeyObject> =>
  pipe(
    store.check(),
    TE.mapLeft(({ message }) => message),
    TE.flatMapEither(check =>
      pipe(
        configuredMasterKey(masterKey),
        E.flatMap(key => (key === null ? ownMasterKey(storeFiles(dataDir).masterKey, check !== null) : E.right(key))),
      ),
    ),
  )

const openKeys = (needs: Needs, { logId }: EventLog): TE.TaskEither<string, Keyring> =>
  pipe(
    openKeyStore(needs),
    TE.bindTo('store'),
    TE.bind('master', ({ store }) => openMasterKey(needs, store)),
    TE.flatMap(({ store, master }) =>
      pipe(
        openKeyring({ store, master, logId }),
        TE.mapLeft(({ message }) => message),
      ),
    ),
    TE.tapIO(keyring => () => needs.teardown.add('data keys made ahead', keyring.close)),
  )

const openReadModels = ({ dataDir, teardown }: Needs): TE.TaskEither<string, ReadModelStore> =>
  pipe(
    openSqliteReadModelStore({ file: storeFiles(dataDir).store }),
    TE.mapLeft(({ message }) => `the read models in ${dataDir} were not opened: ${message}`),
    TE.tapIO(store => () => teardown.add('read models', store.close)),
  )

const openWakeUp = ({ logger, teardown }: Needs, log: EventLog): WakeUp => {
  const wakeUp = createInProcessWakeUp(err => logger.error({ err }, 'a wake-up listener threw'))
  log.onAppended(wakeUp.announce)
  teardown.add('wake-up', wakeUp.close)
  return wakeUp
}

const openQueue = ({ logger, teardown }: Needs): JobQueue => {
  const queue = openInProcessJobQueue({
    onRejected: ({ submissionId, attempt }, err) =>
      logger.error({ err, submissionId, attempt }, 'a job was given up; the sweeper decides'),
  })
  teardown.add('job queue', queue.close)
  return queue
}

/** The embedded stores of one data folder, which is held for this process alone. Left is a message for whoever started it. */
export const openStores = (needs: Needs): TE.TaskEither<string, Stores> =>
  pipe(
    holdDataDir(needs),
    TE.flatMap(() => openLog(needs)),
    TE.bindTo('log'),
    TE.bind('keyring', ({ log }) => openKeys(needs, log)),
    TE.bind('readModels', () => openReadModels(needs)),
    TE.map(({ log, keyring, readModels }) => ({
      ...{ log, keyring, readModels, wakeUp: openWakeUp(needs, log), queue: openQueue(needs) },
      bulk: bulkInThread({ kind: 'sqlite', ...storeFiles(needs.dataDir) }),
    })),
  )
