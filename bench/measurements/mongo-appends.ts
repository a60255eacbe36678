import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { percentile } from './statistics.ts'

export type MongoAppends = Readonly<{
  partitions: number
  perSecond: number
  retriesPerAppend: number
  p50Ms: number
  p99Ms: number
}>

const processes = 4
const writersEach = 4
const appendsEach = 100

const program = fileURLToPath(new URL('append-to-mongo.ts', import.meta.url))
const report = t.strict({ retries: t.number, latencies: t.readonlyArray(t.number) }, 'AppendReport')

const beginLog = async (url: string, database: string, partitions: number): Promise<void> => {
  const opened = await openMongoEventLog({ url, database, partitions })()
  if (E.isLeft(opened)) throw new Error(opened.left.message)
  await opened.right.close()
}

const ready = async (url: string, database: string): Promise<ChildProcess> => {
  const child = fork(program, [url, database, String(writersEach), String(appendsEach)])
  await once(child, 'message')
  return child
}

const reported = async (child: ChildProcess): Promise<t.TypeOf<typeof report>> => {
  const [message] = await once(child, 'message')
  if (!report.is(message)) throw new Error('a process that appends said something else')
  return message
}

const measure = async (url: string, partitions: number): Promise<MongoAppends> => {
  const database = `appends-${partitions}-${Date.now()}`
  await beginLog(url, database, partitions)
  const children = await Promise.all(Array.from({ length: processes }, () => ready(url, database)))
  const began = performance.now()
  const reports = children.map(reported)
  for (const child of children) child.send('append')
  const all = await Promise.all(reports)
  const seconds = (performance.now() - began) / 1000
  const latencies = all.flatMap(each => each.latencies)
  const retries = all.reduce((sum, each) => sum + each.retries, 0)
  return {
    partitions,
    perSecond: latencies.length / seconds,
    retriesPerAppend: retries / latencies.length,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  }
}

/** 16 writers in 4 processes, each appending as fast as it is answered, against logs of so many partitions. */
export const measureMongoAppends = async (
  url: string,
  partitionCounts: ReadonlyArray<number> = [1, 4, 16, 64],
): Promise<ReadonlyArray<MongoAppends>> => {
  const rows: Array<MongoAppends> = []
  for (const partitions of partitionCounts) rows.push(await measure(url, partitions))
  return rows
}
