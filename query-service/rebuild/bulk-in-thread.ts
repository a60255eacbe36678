import { Worker } from 'node:worker_threads'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Projection } from '../projector/projection.ts'
import { readModelsFolder } from '../read-models/projections.ts'
import type { BulkFault, BulkOptions, BulkWork, Progress } from './bulk-work.ts'

/** Where the log and the read models lie: a thread opens connections of its own. */
export type BulkPlaces = Readonly<{ kind: 'sqlite'; log: string; store: string } | { kind: 'mongo'; url: string }>

export type ThreadTask = Readonly<{
  places: BulkPlaces
  /** Folders of read models the projection is found in. */
  folders: ReadonlyArray<string>
  name: string
  number: number
  task: keyof BulkWork
}>

export type ThreadMessage = Readonly<
  { kind: 'progress'; progress: Progress } | { kind: 'ended'; fault: BulkFault | null }
>

const thread = new URL('./bulk-thread.ts', import.meta.url)
// What a batch needs, whatever the log's length: with this thread the process stays far below 300 MiB.
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 24 }
const lookMs = 100

type Outcome = Either<BulkFault, void>

const interrupted = (why: string): Outcome => left({ kind: 'interrupted', why })

const runThread = (workerData: ThreadTask, { mayGoOn, onProgress }: BulkOptions): Promise<Outcome> => {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const worker = new Worker(thread, { workerData, resourceLimits })
  const watch = setInterval(() => {
    if (!mayGoOn()) void worker.terminate()
  }, lookMs)
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'progress') onProgress(message.progress)
    else resolve(message.fault === null ? right(undefined) : left(message.fault))
  })
  worker.on('error', defect =>
    resolve(interrupted(`its thread met a defect: ${defect instanceof Error ? defect.message : defect}`)),
  )
  worker.on('exit', () => {
    clearInterval(watch)
    resolve(interrupted('it was told to stop'))
  })
  return promise
}

/** Bulk work in a thread of its own: this one keeps serving reads. */
export const bulkInThread = (places: BulkPlaces, folders: ReadonlyArray<string> = [readModelsFolder]): BulkWork => {
  const run = (task: keyof BulkWork) => (projection: Projection, options: BulkOptions) =>
    runThread({ places, folders, name: projection.name, number: projection.version, task }, options)
  return { build: run('build'), verify: run('verify') }
}
