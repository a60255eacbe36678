import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommitContent } from '../commit.ts'
import { notingTransaction } from '../contract/noting-transaction.ts'
import { rightOf } from '../contract/right-of.ts'
import type { EventLog } from '../event-log.ts'
import { openSqliteEventLog } from './open-sqlite-event-log.ts'
import { type LogReader, openSqliteLogReader } from './open-sqlite-log-reader.ts'

const partitions = 3
const ample = { bytes: 1_000_000, most: 1000 }
const whole = { late: false }

const places = (commits: ReadonlyArray<CommitContent>) => commits.map(({ p, n }) => `${p}:${n}`)

describe('given a log that is read as it is stored', () => {
  let folder: string
  let log: EventLog
  let reader: LogReader
  const write = async (count: number, text = 'x'): Promise<void> => {
    for (let i = 0; i < count; i += 1) await log.transact(notingTransaction(`stream-${i % 7}`, [text]))()
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
    log = rightOf(await openSqliteEventLog({ file: join(folder, 'log.sqlite'), partitions })())
    await write(40)
    reader = rightOf(await openSqliteLogReader(join(folder, 'log.sqlite'))())
  })
  afterEach(async () => {
    await Promise.all([log.close(), reader.close()])
    rmSync(folder, { recursive: true })
  })

  const all = async (): Promise<ReadonlyArray<CommitContent>> => {
    const pages = Array.from({ length: partitions }, async (_, p) => rightOf(await log.readPartition(p, 0, 1000)()))
    return (await Promise.all(pages)).flat().map(({ _id, prev, ...content }) => content)
  }

  const atTheEnd = async () => new Map(rightOf(await log.tails()()).entries())

  it('gives every commit once, in each partition by position, and what comes later when it is there', async () => {
    const next = reader.asStored(new Map(), whole)
    const first = rightOf(await next({ ...ample, most: 25 })())
    const second = rightOf(await next(ample)())
    expect([first.length, second.length]).toStrictEqual([25, 15])
    expect(rightOf(await next(ample)())).toStrictEqual([])
    await write(2)
    const read = [...first, ...second, ...rightOf(await next(ample)())]
    expect(read.toSorted((a, b) => a.p - b.p || a.n - b.n)).toStrictEqual(await all())
    for (let p = 0; p < partitions; p += 1) {
      const positions = read.filter(each => each.p === p).map(({ n }) => n)
      expect(positions).toStrictEqual(positions.toSorted((a, b) => a - b))
    }
  })

  it('goes on behind any positions', async () => {
    const before = rightOf(await reader.asStored(new Map(), whole)({ ...ample, most: 17 })())
    const reached = new Map(before.map(({ p, n }) => [p, n]))
    const rest = rightOf(await reader.asStored(reached, whole)(ample)())
    expect(places([...before, ...rest]).sort()).toStrictEqual(places(await all()).sort())
    const ahead = new Map([[0, 1000], ...[...reached].filter(([p]) => p !== 0)])
    expect(places(rightOf(await reader.asStored(ahead, whole)(ample)()))).toStrictEqual(
      places(rest.filter(({ p }) => p !== 0)),
    )
  })

  it('ends a page with the commit that makes it too large', async () => {
    const next = reader.asStored(await atTheEnd(), whole)
    await write(3, 'y'.repeat(1000))
    expect(rightOf(await next({ bytes: 1500, most: 1000 })())).toHaveLength(2)
    expect(rightOf(await next({ bytes: 1500, most: 1000 })())).toHaveLength(1)
  })

  it('gives large commits whole, in their places among small ones', async () => {
    const next = reader.asStored(await atTheEnd(), whole)
    for (const text of ['a', 'l'.repeat(40_000), 'b']) await write(1, text)
    const read = rightOf(await next(ample)())
    expect(read).toStrictEqual((await all()).filter(({ s }) => s === 'stream-0').slice(-3))
    expect(read.map(({ events }) => events.length > 40_000)).toStrictEqual([false, true, false])
  })

  it("gives the rest of a commit late, when it is asked for, and of a stream's first one at once who asked", async () => {
    const read = rightOf(await reader.asStored(new Map(), { late: true })(ample)())
    const contents = read.map(({ p, n, s, v, k, events, meta, recordedAt, hash }) => ({
      ...{ p, n, s, v, k, events, meta, recordedAt, hash },
    }))
    expect(contents.toSorted((a, b) => a.p - b.p || a.n - b.n)).toStrictEqual(await all())
    await reader.close()
    const known = read.filter(({ v }) => v === 1).map(({ meta }) => meta)
    expect(known).toStrictEqual(contents.filter(({ v }) => v === 1).map(({ meta }) => meta))
    const later = read.find(({ v }) => v > 1)
    expect(() => later?.meta).toThrow()
    expect(() => read[0]?.hash).toThrow()
  })

  it('answers unreachable once closed', async () => {
    const next = reader.asStored(new Map(), whole)
    await reader.close()
    expect(await next(ample)()).toMatchObject({ left: { kind: 'unreachable' } })
  })
})
