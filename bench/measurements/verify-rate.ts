import { hash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteLogStorage } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-storage.ts'
import { verifyLog } from '@runledger/shared-kernel/log-tools/verify-log.ts'
import * as E from 'fp-ts/lib/Either.js'
import { beginBulkLog } from './bulk-log.ts'
import { median } from './statistics.ts'

const outputEvent = {
  type: 'OutputChunk',
  schema: 1,
  data: { attempt: 1, phase: 'run', stream: 'stdout', offset: 0, bytes: 'aGVsbG8K'.repeat(40), at: 3 },
} as const

const commitsPerStream = 3

/** Writes a log of short runs, three commits each, without deciding anything. */
const generateLog = (file: string, commits: number): void => {
  const log = beginBulkLog(file)
  for (let written = 0; written < commits; written += commitsPerStream) {
    const stream = `submission-${randomUUID()}`
    for (let version = 0; version < commitsPerStream; version++) log.append(stream, version, [outputEvent])
  }
  log.close()
}

// The least that anyone does who looks at these bytes: reads each row in order, hashes its texts once, parses them.
const bareRate = (file: string): number => {
  const db = new DatabaseSync(file, { readOnly: true })
  const began = performance.now()
  let count = 0
  for (const { _id, s, events, meta, prev } of db.prepare('SELECT * FROM commits ORDER BY p, n').iterate()) {
    hash('sha256', `${_id}${s}${events}${meta}${prev}`)
    JSON.parse(String(events))
    JSON.parse(String(meta))
    count += 1
  }
  const rate = (count * 1000) / (performance.now() - began)
  db.close()
  return rate
}

const verifyRate = async (file: string): Promise<number> => {
  const storage = await openSqliteLogStorage({ file, readOnly: true })()
  if (E.isLeft(storage)) throw new Error(storage.left.message)
  let count = 0
  const onPage = (commits: number) => {
    count += commits
  }
  const began = performance.now()
  const verdict = await verifyLog(storage.right, { bounds: { from: new Map(), to: new Map() }, known: [], onPage })()
  const rate = (count * 1000) / (performance.now() - began)
  await storage.right.close()
  const isIntact = E.isRight(verdict) && [...verdict.right.partitions.values()].every(({ _tag }) => _tag === 'Intact')
  if (!isIntact) throw new Error('a log nobody touched was found broken')
  return rate
}

export type VerifyRate = Readonly<{ commits: number; verify: number; bare: number; ratio: number }>

/** Alternating rounds on one generated log: verification, and the bare rate of the same bytes. Commits a second. */
export const measureVerifyRate = async (folder: string, commits = 200_000, rounds = 5): Promise<VerifyRate> => {
  const file = join(folder, 'verify.sqlite')
  generateLog(file, commits)
  const pairs: Array<Readonly<{ verify: number; bare: number }>> = []
  for (let round = 0; round < rounds; round++) {
    const bare = bareRate(file)
    pairs.push({ bare, verify: await verifyRate(file) })
  }
  return {
    commits,
    verify: median(pairs.map(({ verify }) => verify)),
    bare: median(pairs.map(({ bare }) => bare)),
    ratio: median(pairs.map(({ verify, bare }) => verify / bare)),
  }
}
