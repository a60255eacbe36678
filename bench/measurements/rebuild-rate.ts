import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { type Served, serveOn } from '@runledger/query-service/query-service.fixture.ts'
import { bulkInThread } from '@runledger/query-service/rebuild/bulk-in-thread.ts'
import type { BulkWork } from '@runledger/query-service/rebuild/bulk-work.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import { timedRead } from './timed-read.ts'

/** One round: commits a second read and parsed, folded, verified; latencies of reads alone and beside the rebuild. */
export type RebuildRound = Readonly<{
  readPerSecond: number
  builtPerSecond: number
  verifiedPerSecond: number
  aloneMs: ReadonlyArray<number>
  besideMs: ReadonlyArray<number>
  peakRssBytes: number
}>

type Shown = Readonly<{ projections: ReadonlyArray<Readonly<{ name: string; active: number }>> }>

const readsAlone = 400

const generator = join(import.meta.dirname, 'generate-log.ts')

const someIds = (file: string): ReadonlyArray<string> => {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('SELECT s FROM commits WHERE v = 1 AND rowid % 31 = 0').all()
  database.close()
  return rows.map(({ s }) => String(s).slice('submission-'.length))
}

const readAndParse = (file: string): number => {
  const database = new DatabaseSync(file, { readOnly: true })
  const began = performance.now()
  let commits = 0
  for (const row of database.prepare('SELECT * FROM commits').iterate()) {
    JSON.parse(String(row['events']))
    JSON.parse(String(row['meta']))
    commits += 1
  }
  database.close()
  return (commits * 1000) / (performance.now() - began)
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
  const anyId = (): string => ids[Math.floor(Math.random() * ids.length)] ?? ''

  const round = async (): Promise<RebuildRound> => {
    const readPerSecond = readAndParse(files.log)
    const aloneMs: Array<number> = []
    while (aloneMs.length < readsAlone) aloneMs.push(await timedRead(served, anyId()))
    const before = await activeVersion(served)
    await served.get('/api/admin/projections/result/rebuild', { method: 'POST' })
    const besideMs: Array<number> = []
    let peakRssBytes = 0
    do {
      for (let i = 0; i < 50; i += 1) besideMs.push(await timedRead(served, anyId()))
      peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss())
    } while ((await activeVersion(served)) === before)
    await served.get(`/api/admin/projections/result/versions/${before}`, { method: 'DELETE' })
    const perSecond = (ms: number) => (commits * 1000) / ms
    return {
      ...{ readPerSecond, aloneMs, besideMs, peakRssBytes },
      builtPerSecond: perSecond(buildMs),
      verifiedPerSecond: perSecond(verifyMs),
    }
  }

  const measured: Array<RebuildRound> = []
  step('the first projection of the log')
  while (served.service.health().projections.some(({ lag }) => lag > 0))
    await new Promise(resolve => setImmediate(resolve))
  for (let i = 0; i < rounds; i += 1) {
    step(`rebuild ${i + 1} of ${rounds}`)
    measured.push(await round())
  }
  await served.close()
  await Promise.all([log.close(), store.close(), wakeUp.close()])
  return measured
}
