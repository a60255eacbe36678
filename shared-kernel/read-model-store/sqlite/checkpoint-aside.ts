import { Worker } from 'node:worker_threads'

export type CheckpointTask = Readonly<{ file: string; isOver: Int32Array<SharedArrayBuffer>; everyMs: number }>

const thread = new URL('./checkpoint-thread.ts', import.meta.url)
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 }
const everyMs = 50

/**
 * Moves what was written from the write-ahead file to the main one, again and again, in a thread of its own: whoever writes
 * much is left with the last of it, and hardly waits for the disk. To call the answer ends it. Where it fails the writer's
 * own checkpoint fails as well, and says why.
 */
export const checkpointAside = (file: string): (() => Promise<void>) => {
  const isOver = new Int32Array(new SharedArrayBuffer(4))
  const workerData: CheckpointTask = { file, isOver, everyMs }
  const worker = new Worker(thread, { workerData, resourceLimits })
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  worker.once('error', () => undefined)
  worker.once('exit', () => resolve())
  return () => {
    Atomics.store(isOver, 0, 1)
    Atomics.notify(isOver, 0)
    return ended
  }
}
