import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notingTransaction } from '../contract/noting-transaction.ts'
import { readWholeLog } from '../contract/read-whole-log.ts'
import { rightOf } from '../contract/right-of.ts'
import type { EventLog } from '../event-log.ts'
import { verifyChain } from '../verify-chain.ts'
import { openDatabase } from './open-database.ts'
import { openGenesis } from './open-genesis.ts'
import { sqliteEventLogOn } from './sqlite-event-log-on.ts'

describe('given a disk without room', () => {
  let folder: string
  let log: EventLog
  let allowPages: (count: number) => void
  const append = (text: string, commandId = notingTransaction('s', []).commandId) =>
    log.transact(notingTransaction(`s-${commandId}`, [text], { commandId }))()
  const large = 'x'.repeat(100_000)
  const full = E.left(expect.objectContaining({ _tag: 'EventLogFault', kind: 'full' }))

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
    const db = openDatabase(join(folder, 'log.sqlite'))
    allowPages = count => db.exec(`PRAGMA max_page_count = ${count}`)
    const genesis = openGenesis(db, 2)
    if (typeof genesis === 'string') throw new Error(genesis)
    log = sqliteEventLogOn(db, genesis, () => new Date())
    allowPages(60)
  })
  afterEach(async () => {
    await log.close()
    rmSync(folder, { recursive: true })
  })

  it('answers that it is full, and writes nothing of it', async () => {
    const answers = [await append(large), await append(large), await append(large)]
    expect(answers.map(E.isRight)).toStrictEqual([true, true, false])
    expect(answers[2]).toStrictEqual(full)
    expect((await readWholeLog(log)).flat()).toHaveLength(2)
  })

  it('tells all of a group, and writes none of it', async () => {
    const answers = await Promise.all(['small', large, large, large, 'small'].map(text => append(text)))
    const failed = answers.filter(E.isLeft)
    expect(failed.length).toBeGreaterThan(0)
    for (const answer of failed) expect(answer).toStrictEqual(full)
    expect((await readWholeLog(log)).flat()).toHaveLength(answers.length - failed.length)
  })

  it('still reads, and appends the same command when there is room again', async () => {
    const { commandId } = notingTransaction('s', [])
    await append(large)
    await append(large)
    expect(await append(large, commandId)).toStrictEqual(full)
    expect(rightOf(await log.tails()()).reduce((sum, n) => sum + n, 0)).toBe(2)
    allowPages(1000)
    expect(rightOf(await append(large, commandId)).outcome).toBe('appended')
    for (const p of [0, 1]) expect(rightOf(await verifyChain(log, p)())._tag).toBe('Intact')
  })
})
