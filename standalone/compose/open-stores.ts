import { join } from 'node:path'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { lockDataDir } from '../data-dir/lock-data-dir.ts'
import type { StopStep } from '../process/stop-in-order.ts'

export type Stores = Readonly<{
  log: EventLog
  readModels: ReadModelStore
  queue: JobQueue
  wakeUp: WakeUp
  stopSteps: ReadonlyArray<StopStep>
}>

const openInProcessParts = (logger: Logger) => ({
  wakeUp: createInProcessWakeUp(err => logger.error({ err }, 'a wake-up listener threw')),
  queue: openInProcessJobQueue({
    onRejected: ({ submissionId, attempt }, err) =>
      logger.error({ err, submissionId, attempt }, 'a job was given up; the sweeper decides'),
  }),
})

const together = (log: EventLog, readModels: ReadModelStore, release: () => void, logger: Logger): Stores => {
  const { wakeUp, queue } = openInProcessParts(logger)
  log.onAppended(wakeUp.announce)
  return {
    log,
    readModels,
    queue,
    wakeUp,
    stopSteps: [
      { what: 'job queue', stop: queue.close },
      { what: 'wake-up', stop: wakeUp.close },
      { what: 'read models', stop: readModels.close },
      { what: 'event log', stop: log.close },
      { what: 'data folder', stop: release },
    ],
  }
}

/**
 * The embedded stores of one data folder, held for this process alone. The message of a fault is for the person who
 * started it; the process must then end, since what was opened before the fault is left to its end.
 */
export const openStores = (dataDir: string, logger: Logger): TE.TaskEither<string, Stores> =>
  pipe(
    TE.fromEither(
      pipe(
        lockDataDir(dataDir),
        E.mapLeft(({ message }) => message),
      ),
    ),
    TE.bindTo('lock'),
    TE.bind('log', () =>
      pipe(
        openSqliteEventLog({ file: join(dataDir, 'runledger.sqlite') }),
        TE.mapLeft(({ message }) => message),
      ),
    ),
    TE.bind('readModels', () =>
      pipe(
        openSqliteReadModelStore({ file: join(dataDir, 'read-models.sqlite') }),
        TE.mapLeft(({ message }) => `the read models of ${dataDir} were not opened: ${message}`),
      ),
    ),
    TE.map(({ lock, log, readModels }) => together(log, readModels, lock.release, logger)),
  )
