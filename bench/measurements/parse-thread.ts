import { DatabaseSync } from 'node:sqlite'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { giveWay } from '@runledger/shared-kernel/process/give-way.ts'

const parseAll = (file: string): number => {
  const database = new DatabaseSync(file, { readOnly: true })
  let commits = 0
  for (const row of database.prepare('SELECT * FROM commits').iterate()) {
    JSON.parse(String(row['events']))
    JSON.parse(String(row['meta']))
    commits += 1
  }
  database.close()
  return commits
}

if (!isMainThread) {
  giveWay()
  parentPort?.postMessage(parseAll(String(workerData)))
}

/**
 * Commits a second that are merely read and parsed, in a thread as a rebuild has one: it gives way as that does, and
 * of both the start of the thread is a part.
 */
export const readAndParse = (file: string): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const began = performance.now()
  const thread = new Worker(new URL(import.meta.url), { workerData: file })
  thread.once('message', (commits: number) => resolve((commits * 1000) / (performance.now() - began)))
  thread.once('error', reject)
  return promise
}
