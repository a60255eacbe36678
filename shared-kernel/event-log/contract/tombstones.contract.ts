import { setImmediate as nextTurn } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFeedReader } from '../../feed/read-feed.ts'
import type { Position } from '../commit.ts'
import { decodeCommit } from '../decode-commit.ts'
import type { EventLog } from '../event-log.ts'
import type { LogStorage } from '../log-storage.ts'
import { repairHoles } from '../repair-holes.ts'
import { verifyChain } from '../verify-chain.ts'
import { notingTransaction } from './noting-transaction.ts'
import { rightOf } from './right-of.ts'

/** A log, its storage for the tools, and a way to take a commit out behind the back of both. */
export type Vulnerable = Readonly<{
  log: EventLog
  storage: LogStorage
  remove: (position: Position) => Promise<void>
  /** The same log to one who did not write it; absent: `log`, which remembers nothing of what it wrote. */
  reader?: EventLog
}>

/** What holds of a log with a hole in it, before and after the hole is repaired. */
export const tombstonesContract = (name: string, open: () => Promise<Vulnerable>): void => {
  describe(`${name} with a hole in it`, () => {
    let given: Vulnerable
    const append = async (stream: string, text: string) =>
      rightOf(await given.log.transact(notingTransaction(stream, [text]))())
    const repair = async () => rightOf(await repairHoles(given.storage, 0)())
    const verdict = async () => rightOf(await verifyChain(given.log, 0)())
    const positions = async () => rightOf(await given.log.readPartition(0, 0, 100)()).map(({ n }) => n)
    const readOn = async (after: number) =>
      rightOf(
        await createFeedReader(given.reader ?? given.log)(
          Array.from({ length: given.log.partitions }, (_, p) => p),
          () => after,
        ),
      )

    beforeEach(async () => {
      given = await open()
      for (const stream of ['a', 'b', 'c', 'd', 'e']) await append(stream, stream)
    })
    afterEach(async () => {
      await given.reader?.close()
      await given.storage.close()
      await given.log.close()
    })

    it('stops the feed before the hole, and lets it go on once the hole is repaired', async () => {
      await given.remove({ p: 0, n: 2 })
      const stopped = await readOn(0)
      expect(stopped.commits.map(({ n }) => n)).toStrictEqual([1])
      expect(stopped.gaps).toStrictEqual([{ p: 0, n: 2 }])
      expect(await verdict()).toMatchObject({ _tag: 'Broken', position: { p: 0, n: 2 } })

      expect(await repair()).toStrictEqual([{ position: { p: 0, n: 2 }, outcome: 'written' }])

      const goesOn = await readOn(1)
      expect(goesOn.gaps).toStrictEqual([])
      expect(goesOn.commits.flatMap(commit => rightOf(decodeCommit(commit))).map(({ stream }) => stream)).toStrictEqual(
        ['c', 'd', 'e'],
      )
    })

    it('tells of every repaired position when it is verified', async () => {
      for (const n of [1, 3, 4]) await given.remove({ p: 0, n })
      expect((await repair()).map(({ position }) => position.n)).toStrictEqual([1, 3, 4])
      expect(await positions()).toStrictEqual([1, 2, 3, 4, 5])
      expect(await verdict()).toMatchObject({ _tag: 'Intact', n: 5, repaired: [1, 3, 4], lost: [] })
    })

    it('reads streams past tombstones, and appends behind them', async () => {
      await given.remove({ p: 0, n: 4 })
      await repair()
      expect(await append('e', 'more')).toMatchObject({ position: { p: 0, n: 6 }, fold: { state: ['e', 'more'] } })
      expect(rightOf(await given.log.readStream('d', 1)())).toStrictEqual([])
      expect(rightOf(await given.log.readStream('tombstone-0-4', 1)())).toStrictEqual([])
      expect(await append('d', 'again')).toMatchObject({ position: { p: 0, n: 7 }, fold: { version: 1 } })
      expect(await verdict()).toMatchObject({ _tag: 'Intact', n: 7, repaired: [4] })
    })

    it('names the versions of a stream that were lost in it', async () => {
      await append('b', 'second')
      await given.remove({ p: 0, n: 2 })
      await repair()
      expect(await verdict()).toMatchObject({ lost: [{ stream: 'b', from: 1, to: 1, n: 6 }] })
      expect(await given.log.readStream('b', 1)()).toMatchObject(E.left({ kind: 'corrupt' }))
    })

    it('finds nothing to do where there is no hole, and none at the end of a partition', async () => {
      expect(await repair()).toStrictEqual([])
      await given.remove({ p: 0, n: 5 })
      expect(await repair()).toStrictEqual([])
      expect(await positions()).toStrictEqual([1, 2, 3, 4])
    })

    it('is repaired once, however many repair it at once', async () => {
      await given.remove({ p: 0, n: 3 })
      const [one, other] = await Promise.all([repair(), repair(), nextTurn()])
      expect([...one, ...other].filter(({ outcome }) => outcome === 'written')).toHaveLength(1)
      expect(await verdict()).toMatchObject({ _tag: 'Intact', repaired: [3] })
    })

    it.each([2, 3, 4])(
      'takes no commit that only says it is a tombstone, at position %i of a run of three',
      async n => {
        for (const missing of [2, 3, 4]) await given.remove({ p: 0, n: missing })
        await repair()
        const forge = async (change: object) => {
          const forging = {
            logId: given.log.logId,
            readPartition: (p: number, after: number, limit: number) => async () =>
              E.map((commits: ReadonlyArray<object>) =>
                commits.map(commit => ('n' in commit && commit.n === n ? { ...commit, ...change } : commit)),
              )(await given.log.readPartition(p, after, limit)()),
          } as Pick<EventLog, 'logId' | 'readPartition'>
          return rightOf(await verifyChain(forging, 0)())
        }
        expect(await forge({})).toMatchObject({ _tag: 'Intact' })
        for (const change of [
          { _id: 'another' },
          { s: 'a' },
          { v: 2 },
          { events: '[{}]' },
          { meta: '{}' },
          { recordedAt: '2020-01-01T00:00:00.000Z' },
          { prev: 'f'.repeat(64) },
          { hash: 'f'.repeat(64) },
        ]) {
          expect(await forge(change)).toMatchObject({ _tag: 'Broken', position: { p: 0, n } })
        }
      },
    )
  })
}
