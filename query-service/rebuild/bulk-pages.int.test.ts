import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommitContent } from '@runledger/shared-kernel/event-log/commit.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteLogReader } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-reader.ts'
import { openSqliteLogStorage } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-storage.ts'
import { tamperWithFile } from '@runledger/shared-kernel/event-log/sqlite/tamper-with-file.fixture.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { append, newSubmissionId, received, started } from '../read-models/result/submission-events.fixture.ts'
import { bulkPages, firstAstray, type PagedLog } from './bulk-pages.ts'

const bounds = { bytes: 1_000_000, most: 10 }

/** What the pages hold up to the tails; the first commit that does not follow, where there is one. */
const readAll = async (log: PagedLog, tails: ReadonlyArray<number>) => {
  const next = bulkPages(log, bounds, { late: false })
  const positions = new Map<number, number>()
  const read: Array<CommitContent> = []
  for (;;) {
    const page = rightOf(await next(positions, tails))
    const astray = firstAstray(positions, page)
    if (page.length === 0 || astray !== null) return { read, astray }
    read.push(...page)
    for (const { p, n } of page) positions.set(p, n)
  }
}

describe('the pages of a whole log', () => {
  let folder: string
  let file: string
  let tails: ReadonlyArray<number>
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
    file = join(folder, 'log.sqlite')
    const log = rightOf(await openSqliteEventLog({ file, partitions: 3 })())
    for (let i = 0; i < 60; i += 1) {
      const id = newSubmissionId()
      await append(log, id, [received()])
      await append(log, id, [started()])
    }
    tails = rightOf(await log.tails()())
    await log.close()
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const reading = async () => {
    const reader = rightOf(await openSqliteLogReader(file)())
    const { asStored: _, ...rounds } = reader
    const answers = { asStored: await readAll(reader, tails), inRounds: await readAll(rounds, tails) }
    await reader.close()
    return answers
  }

  it('hold every commit, as it is stored or in rounds', async () => {
    for (const { read, astray } of Object.values(await reading())) {
      expect(astray).toBeNull()
      expect(new Set(read.map(({ hash }) => hash)).size).toBe(120)
    }
  })

  it('hold every commit also where one was stored behind its successors', async () => {
    const storage = rightOf(await openSqliteLogStorage({ file, readOnly: false })())
    const [late] = rightOf(await storage.readPartition(1, 3, 1)())
    if (late === undefined) throw new Error('the partition is too short')
    tamperWithFile(file, 'DELETE FROM commits WHERE p = 1 AND n = 4')
    rightOf(await storage.insert(late)())
    await storage.close()
    for (const { read, astray } of Object.values(await reading())) {
      expect(astray).toBeNull()
      expect(read).toHaveLength(120)
    }
  })

  it('say where a position is missing', async () => {
    tamperWithFile(file, 'DELETE FROM commits WHERE p = 1 AND n = 4')
    for (const { astray } of Object.values(await reading())) expect(astray).toMatchObject({ p: 1, n: 5 })
  })
})
