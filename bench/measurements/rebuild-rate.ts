import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { atGeneration, collectionsOf } from '@runledger/query-service/projector/projection.ts'
import { type Served, serveOn } from '@runledger/query-service/query-service.fixture.ts'
import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import { bulkInThread } from '@runledger/query-service/rebuild/bulk-in-thread.ts'
import type { BulkWork } from '@runledger/query-service/rebuild/bulk-work.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import { readAndParse } from './parse-thread.ts'
import { timedRead } from './timed-read.ts'

/** Commits a second, each in a thread that either has the process to itself or has clients beside it that read. */
type Rates = Readonly<{ alone: number; beside: number }>

/** One round; latencies are those of reads while nothing else is done, and beside the rebuild. */
export type RebuildRound = Readonly<{
  readPerSecond: Rates
  builtPerSecond: Rates
  verifiedPerSecond: number
  aloneMs: ReadonlyArray<number>
  besideMs: ReadonlyArray<number>
  peakRssBytes: number
}>

type Shown = Readonly<{ projections: ReadonlyArray<Readonly<{ name: string; active: number }>> }>

// About one read in a hundred waits for the garbage collector: of fewer reads it is chance whether a p99 is one of those.
const readsAlone = 2000

/** Beside those that are read: of what is built in them, only how long it took is of interest. */
const firstUnread = 1000

const generator = join(import.meta.dirname, 'generate-log.ts')

const someIds = (file: string): ReadonlyArray<string> => {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('SELECT s FROM commits WHERE v = 1 AND rowid % 31 = 0').all()
  database.close()
  return rows.map(({ s }) => String(s).slice('submission-'.length))
}

const timed = (work: BulkWork, task: keyof BulkWork, note: (ms: number) => void): BulkWork[keyof BulkWork] => {
  return async (projection, options) => {
    const began = performance.now()
    const done = await work[task](projection, options)
    note(performance.now() - began)
    return done
  }
}

const activeVersion = async ({ get }: Served): Promise<number> => {
  const { projections } = (await (await get('/api/admin/projections')).json()) as Shown
  return projections.find(({ name }) => name === 'result')?.active ?? 0
}

/** Makes a log of so many commits, has it projected, then rebuilds it again and again beside clients that read. */
export const measureRebuild = async (
  folder: string,
  { commits, rounds, step }: Readonly<{ commits: number; rounds: number; step: (what: string) => void }>,
): Promise<ReadonlyArray<RebuildRound>> => {
  const files = { log: join(folder, 'runledger.sqlite'), store: join(folder, 'read-models.sqlite') }
  step(`generating a log of ${commits} commits`)
  await promisify(execFile)(process.execPath, [generator, files.log, String(commits)])
  const ids = someIds(files.log)
  const log = rightOf(await openSqliteEventLog({ file: files.log })())
  const store = rightOf(await openSqliteReadModelStore({ file: files.store })())
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  const inThread = bulkInThread({ kind: 'sqlite', ...files })
  let [buildMs, verifyMs] = [0, 0]
  const bulk: BulkWork = {
    build: timed(inThread, 'build', ms => {
      buildMs = ms
    }),
    verify: timed(inThread, 'verify', ms => {
      verifyMs = ms
    }),
  }
  const served = await serveOn({ log, store, wakeUp }, { bulk })
  const perSecond = (ms: number): number => (commits * 1000) / ms
  const anyId = (): string => ids[Math.floor(Math.random() * ids.length)] ?? ''

  /** Reads, one after another, until the work is done; their latencies go to `ms`. */
  const readUntil = async (isDone: () => Promise<boolean>, ms: Array<number>): Promise<void> => {
    do {
      for (let i = 0; i < 50; i += 1) ms.push(await timedRead(served, anyId()))
    } while (!(await isDone()))
  }

  const parseBeside = async (): Promise<number> => {
    let isParsed = false
    const parsed = readAndParse(files.log).finally(() => {
      isParsed = true
    })
    await readUntil(async () => isParsed, [])
    return parsed
  }

  const buildAlone = async (number: number): Promise<number> => {
    const unread = atGeneration(resultProjection, number)
    rightOf(await bulk.build(unread, { mayGoOn: () => true, onProgress: () => undefined }))
    for (const { name } of collectionsOf(unread)) rightOf(await store.drop(name)())
    return perSecond(buildMs)
  }

  const round = async (index: number): Promise<RebuildRound> => {
    const alone = { read: await readAndParse(files.log), built: await buildAlone(firstUnread + index) }
    const aloneMs: Array<number> = []
    while (aloneMs.length < readsAlone) aloneMs.push(await timedRead(served, anyId()))
    const readBeside = await parseBeside()
    const before = await activeVersion(served)
    await served.get('/api/admin/projections/result/rebuild', { method: 'POST' })
    const besideMs: Array<number> = []
    let peakRssBytes = 0
    const isSwapped = async (): Promise<boolean> => {
      peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss())
      return (await activeVersion(served)) !== before
    }
    await readUntil(isSwapped, besideMs)
    await served.get(`/api/admin/projections/result/versions/${before}`, { method: 'DELETE' })
    return {
      ...{ aloneMs, besideMs, peakRssBytes },
      readPerSecond: { alone: alone.read, beside: readBeside },
      builtPerSecond: { alone: alone.built, beside: perSecond(buildMs) },
      verifiedPerSecond: perSecond(verifyMs),
    }
  }

  const measured: Array<RebuildRound> = []
  step('the first projection of the log')
  while (served.service.health().projections.some(({ lag }) => lag > 0))
    await new Promise(resolve => setImmediate(resolve))
  for (let i = 0; i < rounds; i += 1) {
    step(`rebuild ${i + 1} of ${rounds}`)
    measured.push(await round(i))
  }
  await served.close()
  await Promise.all([log.close(), store.close(), wakeUp.close()])
  return measured
}
