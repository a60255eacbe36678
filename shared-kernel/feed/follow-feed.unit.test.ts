import { setImmediate as nextTurn } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { notingTransaction } from '../event-log/contract/noting-transaction.ts'
import { rightOf } from '../event-log/contract/right-of.ts'
import { openInMemoryEventLog } from '../event-log/in-memory/in-memory-event-log.ts'
import { createLogger } from '../logger/create-logger.ts'
import { allPartitions } from '../sharing/shares.ts'
import { wokenBy } from '../wake-up/woken-by.fixture.ts'
import { followFeed } from './follow-feed.ts'

/** A feed that gathers under load, what it was given page by page, and a way to append to its log. */
const aFeed = async (busyGatherMs: number) => {
  const log = openInMemoryEventLog({ partitions: 4 })
  const positions = new Map<number, number>()
  const pages: Array<ReadonlyArray<string>> = []
  const feed = followFeed(
    {
      ...{ log, wakeUp: wokenBy(log), shares: allPartitions(4), logger: createLogger('silent') },
      ...{ gatherMs: 0, busyGatherMs, idleMs: 60_000 },
    },
    {
      name: 'a taker',
      checkpoint: p => positions.get(p) ?? 0,
      takeUp: async () => E.right([]),
      takeIn: async ({ commits }) => {
        for (const { p, n } of commits) positions.set(p, n)
        if (commits.length > 0) pages.push(commits.map(({ s }) => s).sort())
        return E.right([])
      },
    },
  )
  await feed.start()
  await feed.caughtUp
  onTestFinished(() => feed.stop())
  const append = async (stream: string) => rightOf(await log.transact(notingTransaction(stream, ['note']))())
  const untilTaken = (expected: ReadonlyArray<ReadonlyArray<string>>) =>
    vi.waitFor(() => expect(pages).toStrictEqual(expected))
  return { append, untilTaken, stop: feed.stop }
}

describe('given a feed that gathers under load', () => {
  it('takes in at once what comes alone', async () => {
    const { append, untilTaken } = await aFeed(60_000)
    await append('a')
    await untilTaken([['a']])
    await append('b')
    await untilTaken([['a'], ['b']])
  })

  it('takes in together what comes shortly after a page of several streams', async () => {
    const { append, untilTaken } = await aFeed(200)
    await Promise.all(['a', 'b'].map(append))
    await untilTaken([['a', 'b']])
    for (const stream of ['c', 'd']) {
      await append(stream)
      for (let turns = 0; turns < 5; turns += 1) await nextTurn()
    }
    await untilTaken([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('ends at once, whatever it still waits for', async () => {
    const { append, untilTaken, stop } = await aFeed(60_000)
    await Promise.all(['a', 'b'].map(append))
    await untilTaken([['a', 'b']])
    await stop()
  })
})
