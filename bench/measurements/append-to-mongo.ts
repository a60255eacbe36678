import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { notingTransaction } from '@runledger/shared-kernel/event-log/contract/noting-transaction.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import * as E from 'fp-ts/lib/Either.js'

// One process of several: opens the log, says so, and appends when it is told to.

const [url = '', database = '', writers = '1', appends = '1'] = process.argv.slice(2)

let retries = 0
const countRetry = () => {
  retries += 1
}
const opened = await openMongoEventLog({ url, database, onRetry: countRetry })()
if (E.isLeft(opened)) throw new Error(opened.left.message)
const log = opened.right

const append = async (): Promise<number> => {
  const began = performance.now()
  const answer = await log.transact(notingTransaction(`submission-${randomUUID()}`, ['x'.repeat(400)]))()
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left))
  return performance.now() - began
}

const write = async (): Promise<ReadonlyArray<number>> => {
  const latencies: Array<number> = []
  for (let i = 0; i < Number(appends); i++) latencies.push(await append())
  return latencies
}

const appendAll = async (): Promise<void> => {
  const latencies = await Promise.all(Array.from({ length: Number(writers) }, write))
  process.send?.({ retries, latencies: latencies.flat() })
  await log.close()
  process.disconnect?.()
}

process.once('message', () => void appendAll())
process.send?.('ready')
