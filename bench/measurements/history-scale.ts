import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Served, serveOn } from '@runledger/query-service/query-service.fixture.ts'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { append, received } from '@runledger/query-service/read-models/result/submission-events.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { wokenBy } from '@runledger/shared-kernel/wake-up/woken-by.fixture.ts'
import { historyId } from './history-id.ts'
import { timedRead } from './timed-read.ts'

/** What one history answered in one round: latencies of results, durable appends a second. */
export type HistoryFigures = Readonly<{ readMs: ReadonlyArray<number>; appendsPerSecond: number }>

export type HistoryRound = Readonly<{ few: HistoryFigures; many: HistoryFigures }>

type Options = Readonly<{ few: number; many: number; rounds: number; step: (what: string) => void }>

const generator = join(import.meta.dirname, 'generate-history.ts')
// In turn, so that both histories meet the same noise of the machine.
const turns = 10
const readsPerTurn = 100
const appendsPerTurn = 400
const writers = 64

const generate = async (folder: string, submissions: number) => {
  mkdirSync(folder)
  const files = { log: join(folder, 'runledger.sqlite'), store: join(folder, 'read-models.sqlite') }
  const run = promisify(execFile)(process.execPath, [generator, files.log, files.store, String(submissions)])
  run.child.stderr?.pipe(process.stderr)
  await run
  return files
}

const openHistory = async (folder: string, submissions: number) => {
  const files = await generate(folder, submissions)
  const log = rightOf(await openSqliteEventLog({ file: files.log })())
  const store = rightOf(await openSqliteReadModelStore({ file: files.store })())
  const wakeUp = wokenBy(log)
  const served: Served = await serveOn({ log, store, wakeUp }, { projections: [resultProjection] })
  let next = submissions

  const read = (): Promise<number> => timedRead(served, historyId(Math.floor(Math.random() * submissions)))

  const caughtUp = async (): Promise<void> => {
    while (served.service.health().projections.some(({ lag }) => lag > 0))
      await new Promise(resolve => setImmediate(resolve))
  }

  /** Milliseconds that appends took. */
  const appendAll = async (): Promise<number> => {
    const end = next + appendsPerTurn
    const began = performance.now()
    const writer = async (): Promise<void> => {
      while (next < end) {
        next += 1
        await append(log, historyId(next), [received()])
      }
    }
    await Promise.all(Array.from({ length: writers }, writer))
    const ms = performance.now() - began
    await caughtUp()
    return ms
  }

  const close = async (): Promise<void> => {
    await served.close()
    await Promise.all([log.close(), store.close(), wakeUp.close()])
  }
  return { read, appendAll, close }
}

type Taken = { readonly readMs: Array<number>; appendMs: number }

const nothingYet = (): Taken => ({ readMs: [], appendMs: 0 })

const figuresOf = ({ readMs, appendMs }: Taken): HistoryFigures => ({
  readMs,
  appendsPerSecond: (turns * appendsPerTurn * 1000) / appendMs,
})

/** Alternating rounds on two generated histories: results read at random, and submissions received. */
export const measureHistory = async (
  folder: string,
  { few, many, rounds, step }: Options,
): Promise<ReadonlyArray<HistoryRound>> => {
  step(`generating ${few} submissions`)
  const small = await openHistory(join(folder, 'few'), few)
  step(`generating ${many} submissions`)
  const large = await openHistory(join(folder, 'many'), many)

  const round = async (): Promise<HistoryRound> => {
    const of = { few: { history: small, ...nothingYet() }, many: { history: large, ...nothingYet() } }
    for (let turn = 0; turn < turns; turn += 1)
      for (const each of [of.few, of.many]) {
        for (let i = 0; i < readsPerTurn; i += 1) each.readMs.push(await each.history.read())
        each.appendMs += await each.history.appendAll()
      }
    return { few: figuresOf(of.few), many: figuresOf(of.many) }
  }

  // Caches and compiled code as they are in a server that has been at work.
  await round()
  const measured: Array<HistoryRound> = []
  for (let i = 0; i < rounds; i += 1) {
    step(`round ${i + 1} of ${rounds}`)
    measured.push(await round())
  }
  await Promise.all([small.close(), large.close()])
  return measured
}
