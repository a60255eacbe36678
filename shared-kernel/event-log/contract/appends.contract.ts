import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { Position } from '../commit.ts'
import { decodeCommit } from '../decode-commit.ts'
import { partitionOf } from '../partition-of.ts'
import { logForEach, type OpenLog } from './log-for-each.ts'
import { note, notingTransaction } from './noting-transaction.ts'
import { rightOf } from './right-of.ts'

/** What an append leaves behind, and who hears of it. */
export const appendsContract = (open: OpenLog): void => {
  const given = logForEach(open)

  describe('given an empty log', () => {
    it('has an identity and its partitions, all empty', async () => {
      expect(given.log.logId).toMatch(/^[0-9a-f-]{36}$/)
      expect(given.log.partitions).toBe(4)
      expect(await given.log.tails()()).toStrictEqual(E.right([0, 0, 0, 0]))
      expect(await given.log.readStream('unknown', 1)()).toStrictEqual(E.right([]))
      expect(await given.log.readPartition(0, 0, 10)()).toStrictEqual(E.right([]))
    })
  })

  describe('given an append', () => {
    it('answers its position and the fold that includes it', async () => {
      const p = partitionOf('s', 4)
      expect(await given.append('s', 'a', 'b')).toStrictEqual({
        outcome: 'appended',
        position: { p, n: 1 },
        fold: { version: 2, state: ['a', 'b'] },
      })
    })

    it('gives the events back as they were recorded', async () => {
      const transaction = notingTransaction('s', ['a', 'b'])
      const { position } = rightOf(await given.log.transact(transaction)())
      const events = rightOf(await given.log.readStream('s', 1)())
      expect(events.map(({ event, version }) => ({ event, version }))).toStrictEqual([
        { event: note('a'), version: 1 },
        { event: note('b'), version: 2 },
      ])
      expect(events[0]).toMatchObject({
        stream: 's',
        position,
        recordedAt: '2026-05-06T07:08:09.012Z',
        occurredAt: transaction.occurredAt,
        meta: { ...transaction.meta, commandId: transaction.commandId },
      })
      expect(new Set(events.map(({ id }) => id)).size).toBe(2)
    })

    it('gives the same events by partition and by stream', async () => {
      const { position } = await given.append('s', 'a', 'b')
      const commits = await given.commitsOf(position?.p ?? -1)
      expect(E.right(commits.flatMap(commit => rightOf(decodeCommit(commit))))).toStrictEqual(
        await given.log.readStream('s', 1)(),
      )
    })

    it('reads a stream from the middle of a commit', async () => {
      await given.append('s', 'a')
      await given.append('s', 'b', 'c')
      await given.append('s', 'd')
      const from = async (version: number) =>
        rightOf(await given.log.readStream('s', version)()).map(({ version }) => version)
      expect(await from(1)).toStrictEqual([1, 2, 3, 4])
      expect(await from(3)).toStrictEqual([3, 4])
      expect(await from(4)).toStrictEqual([4])
      expect(await from(5)).toStrictEqual([])
    })

    it('tells the listeners its position before its caller', async () => {
      const heard: Array<Position> = []
      given.log.onAppended(position => heard.push(position))
      const { position } = await given.append('s', 'a')
      expect(heard).toStrictEqual([position])
    })

    it('is answered whatever a listener throws, and the other listeners hear of it', async () => {
      const warned = new Promise<Error>(resolve => process.once('warning', resolve))
      const heard: Array<Position> = []
      given.log.onAppended(() => {
        throw new Error('a broken listener')
      })
      given.log.onAppended(position => heard.push(position))
      expect(await given.append('s', 'a')).toMatchObject({ outcome: 'appended' })
      expect(heard).toHaveLength(1)
      expect((await warned).message).toBe('a broken listener')
    })
  })

  describe('given a partition of many commits', () => {
    it('is read in pages', async () => {
      for (const text of ['a', 'b', 'c', 'd', 'e']) await given.append('s', text)
      const p = partitionOf('s', 4)
      const page = async (after: number, limit: number) =>
        rightOf(await given.log.readPartition(p, after, limit)()).map(({ n }) => n)
      expect(await page(0, 2)).toStrictEqual([1, 2])
      expect(await page(2, 2)).toStrictEqual([3, 4])
      expect(await page(4, 2)).toStrictEqual([5])
      expect(await page(5, 2)).toStrictEqual([])
      expect(rightOf(await given.log.tails()())[p]).toBe(5)
    })
  })

  describe('given a clock that runs backwards', () => {
    it('never records an earlier time in the same partition', async () => {
      await given.append('s', 'a')
      given.setClock(new Date('2020-01-01T00:00:00.000Z'))
      await given.append('s', 'b')
      given.setClock(new Date('2030-01-01T00:00:00.000Z'))
      await given.append('s', 'c')
      expect((await given.commitsOf(partitionOf('s', 4))).map(({ recordedAt }) => recordedAt)).toStrictEqual([
        '2026-05-06T07:08:09.012Z',
        '2026-05-06T07:08:09.012Z',
        '2030-01-01T00:00:00.000Z',
      ])
    })
  })

  describe('given several partitions of commits', () => {
    it('are read at once, each from where it was left, in order and no more than asked for', async () => {
      const streams = Array.from({ length: 12 }, (_, index) => `stream-${index}`)
      for (const stream of streams) await given.append(stream, 'a')
      const tails = rightOf(await given.log.tails()())
      const after = new Map([3, 1, 0].map(p => [p, Math.min(1, tails[p] ?? 0)]))
      const read = async (limit: number) =>
        rightOf(await given.log.readPartitions(after, limit)()).map(({ p, n }) => ({ p, n }))
      const wanted = [0, 1, 3].flatMap(p =>
        Array.from({ length: Math.max(0, (tails[p] ?? 0) - 1) }, (_, index) => ({ p, n: index + 2 })),
      )
      expect(new Set(wanted.map(({ p }) => p)).size).toBeGreaterThan(1)
      expect(await read(100)).toStrictEqual(wanted)
      expect(await read(wanted.length - 1)).toStrictEqual(wanted.slice(0, -1))
      expect(await read(1)).toStrictEqual(wanted.slice(0, 1))
      expect(rightOf(await given.log.readPartitions(new Map(), 10)())).toStrictEqual([])
    })
  })

  describe('given a closed log', () => {
    it('has answered the appends that were under way, and is unreachable from then on', async () => {
      const underWay = given.append('s', 'a')
      await given.log.close()
      expect(await underWay).toMatchObject({ outcome: 'appended' })
      const unreachable = E.left(expect.objectContaining({ _tag: 'EventLogFault', kind: 'unreachable' }))
      expect(await given.log.transact(notingTransaction('s', ['b']))()).toStrictEqual(unreachable)
      expect(await given.log.readStream('s', 1)()).toStrictEqual(unreachable)
      expect(await given.log.readPartition(0, 0, 1)()).toStrictEqual(unreachable)
      expect(await given.log.readPartitions(new Map([[0, 0]]), 1)()).toStrictEqual(unreachable)
      expect(await given.log.tails()()).toStrictEqual(unreachable)
    })
  })
}
