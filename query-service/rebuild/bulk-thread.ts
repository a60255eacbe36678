import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openSqliteLogReader } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-reader.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { atGeneration } from '../projector/projection.ts'
import { discoverProjections } from '../read-models/discover-projections.ts'
import { bulkInProcess } from './bulk-in-process.ts'
import type { BulkPlaces, ThreadMessage, ThreadTask } from './bulk-in-thread.ts'
import { type BulkFault, cannotGoOn } from './bulk-work.ts'

const messageMs = 100

const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

const openLog = (places: BulkPlaces) =>
  places.kind === 'sqlite' ? openSqliteLogReader(places.log) : openMongoEventLog({ url: places.url })

const openStore = (places: BulkPlaces) =>
  places.kind === 'sqlite' ? openSqliteReadModelStore({ file: places.store }) : openMongoReadModelStore(places)

const openSources = (places: BulkPlaces) =>
  pipe(
    TE.Do,
    TE.bind('log', () => openLog(places)),
    TE.bindW('store', () => openStore(places)),
    TE.mapLeft(cannotGoOn),
  )

const work = async ({ places, folders, name, number, task }: ThreadTask): Promise<E.Either<BulkFault, void>> => {
  const projections = (await Promise.all(folders.map(discoverProjections))).flat()
  const projection = projections.find(each => each.name === name)
  if (projection === undefined) throw new Error(`no projection ${name}`)
  const sources = await openSources(places)()
  if (E.isLeft(sources)) return sources
  let told = 0
  const onProgress = (progress: Readonly<{ done: number; total: number }>): void => {
    if (performance.now() - told < messageMs) return
    told = performance.now()
    tell({ kind: 'progress', progress })
  }
  try {
    const options = { mayGoOn: () => true, onProgress }
    return await bulkInProcess(sources.right)[task](atGeneration(projection, number), options)
  } finally {
    await Promise.all([sources.right.log.close(), sources.right.store.close()])
  }
}

if (!isMainThread) {
  const outcome = await work(workerData as ThreadTask)
  tell({ kind: 'ended', fault: E.isLeft(outcome) ? outcome.left : null })
}
