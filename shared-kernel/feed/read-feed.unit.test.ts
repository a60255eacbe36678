import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { notingTransaction } from '../event-log/contract/noting-transaction.ts'
import { rightOf } from '../event-log/contract/right-of.ts'
import type { EventLog } from '../event-log/event-log.ts'
import { openInMemoryEventLog } from '../event-log/in-memory/in-memory-event-log.ts'
import { createFeedReader, type FeedPage } from './read-feed.ts'

const mebibyte = 1024 * 1024

const append = async (log: EventLog, stream: number, text: string) =>
  rightOf(await log.transact(notingTransaction(`stream-${stream}`, [text]))())

const readAll = async (log: EventLog): Promise<ReadonlyArray<FeedPage>> => {
  const read = createFeedReader(log)
  const positions = new Map<number, number>()
  const pages: Array<FeedPage> = []
  let partitions: ReadonlyArray<number> = Array.from({ length: log.partitions }, (_, p) => p)
  while (partitions.length > 0) {
    const page = await read(partitions, p => positions.get(p) ?? 0)
    if (isLeft(page)) throw new Error(page.left.message)
    for (const { p, n } of page.right.commits) positions.set(p, n)
    pages.push(page.right)
    partitions = page.right.unread
  }
  return pages
}

it('reads every commit of every partition once and in order', async () => {
  const log = openInMemoryEventLog({ partitions: 3 })
  for (let n = 0; n < 500; n += 1) await append(log, n, 'note')
  const commits = (await readAll(log)).flatMap(page => page.commits)
  expect(commits).toHaveLength(500)
  for (const p of [0, 1, 2]) {
    const positions = commits.filter(commit => commit.p === p).map(({ n }) => n)
    expect(positions).toStrictEqual(positions.map((_, index) => index + 1))
  }
})

it('takes few large commits at a time', async () => {
  const log = openInMemoryEventLog({ partitions: 1 })
  const text = 'x'.repeat(mebibyte)
  for (let n = 0; n < 60; n += 1) await append(log, n, text)
  const pages = await readAll(log)
  expect(pages.flatMap(page => page.commits)).toHaveLength(60)
  // The first page is asked for before anything is known of the sizes.
  for (const page of pages.slice(3)) expect(page.commits.length).toBeLessThanOrEqual(8)
})
