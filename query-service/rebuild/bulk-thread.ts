import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { giveWay } from '@runledger/shared-kernel/process/give-way.ts'
import * as E from 'fp-ts/lib/Either.js'
import { atGeneration } from '../projector/projection.ts'
import { discoverProjections } from '../read-models/discover-projections.ts'
import { bulkInProcess } from './bulk-in-process.ts'
import type { ThreadMessage, ThreadTask } from './bulk-in-thread.ts'
import { type BulkFault, cannotGoOn } from './bulk-work.ts'
import { openBulkSources } from './open-bulk-sources.ts'

const messageMs = 100

const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

const work = async ({ places, folders, name, number, task }: ThreadTask): Promise<E.Either<BulkFault, void>> => {
  const projections = (await Promise.all(folders.map(discoverProjections))).flat()
  const projection = projections.find(each => each.name === name)
  if (projection === undefined) throw new Error(`no projection ${name}`)
  const sources = await openBulkSources(places)()
  if (E.isLeft(sources)) return E.left(cannotGoOn(sources.left))
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
    await sources.right.close()
  }
}

if (!isMainThread) {
  giveWay()
  const outcome = await work(workerData as ThreadTask)
  tell({ kind: 'ended', fault: E.isLeft(outcome) ? outcome.left : null })
}
