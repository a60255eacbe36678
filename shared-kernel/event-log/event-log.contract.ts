import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Position } from './commit.ts'
import { decodeCommit } from './decode-commit.ts'
import type { EventLog } from './event-log.ts'
import { eventLogProperties } from './event-log-properties.contract.ts'
import { freshCommandId, type Notes, note, notingTransaction } from './noting-transaction.ts'
import { partitionOf } from './partition-of.ts'
import { rightOf } from './right-of.ts'
import { sizeCaps } from './size-caps.ts'

export type OpenLog = (options: Readonly<{ partitions: number; clock: () => Date }>) => Promise<EventLog>

/** What every event log promises. `open` gives a new, empty log each time. */
export const eventLogContract = (name: string, open: OpenLog): void => {
  describe(`${name} as an event log`, () => {
    let log: EventLog
    let now: Date
    const append = async (stream: string, ...texts: Notes) =>
      rightOf(await log.transact(notingTransaction(stream, texts))())
    const commitsOf = async (p: number) => rightOf(await log.readPartition(p, 0, 1000)())

    beforeEach(async () => {
      now = new Date('2026-05-06T07:08:09.012Z')
      log = await open({ partitions: 4, clock: () => now })
    })
    afterEach(() => log.close())

    describe('given an empty log', () => {
      it('has an identity and its partitions, all empty', async () => {
        expect(log.logId).toMatch(/^[0-9a-f-]{36}$/)
        expect(log.partitions).toBe(4)
        expect(await log.tails()()).toStrictEqual(E.right([0, 0, 0, 0]))
        expect(await log.readStream('unknown', 1)()).toStrictEqual(E.right([]))
        expect(await log.readPartition(0, 0, 10)()).toStrictEqual(E.right([]))
      })
    })

    describe('given an append', () => {
      it('answers its position and the fold that includes it', async () => {
        const p = partitionOf('s', 4)
        expect(await append('s', 'a', 'b')).toStrictEqual({
          outcome: 'appended',
          position: { p, n: 1 },
          fold: { version: 2, state: ['a', 'b'] },
        })
      })

      it('gives the events back as they were recorded', async () => {
        const transaction = notingTransaction('s', ['a', 'b'])
        const { position } = rightOf(await log.transact(transaction)())
        const events = rightOf(await log.readStream('s', 1)())
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
        const { position } = await append('s', 'a', 'b')
        const commits = await commitsOf(position?.p ?? -1)
        expect(E.right(commits.flatMap(commit => rightOf(decodeCommit(commit))))).toStrictEqual(
          await log.readStream('s', 1)(),
        )
      })

      it('reads a stream from the middle of a commit', async () => {
        await append('s', 'a')
        await append('s', 'b', 'c')
        await append('s', 'd')
        const from = async (version: number) =>
          rightOf(await log.readStream('s', version)()).map(({ version }) => version)
        expect(await from(1)).toStrictEqual([1, 2, 3, 4])
        expect(await from(3)).toStrictEqual([3, 4])
        expect(await from(4)).toStrictEqual([4])
        expect(await from(5)).toStrictEqual([])
      })

      it('tells the listeners its position before its caller', async () => {
        const heard: Array<Position> = []
        log.onAppended(position => heard.push(position))
        const { position } = await append('s', 'a')
        expect(heard).toStrictEqual([position])
      })

      it('is answered whatever a listener throws, and the other listeners hear of it', async () => {
        const warned = new Promise<Error>(resolve => process.once('warning', resolve))
        const heard: Array<Position> = []
        log.onAppended(() => {
          throw new Error('a broken listener')
        })
        log.onAppended(position => heard.push(position))
        expect(await append('s', 'a')).toMatchObject({ outcome: 'appended' })
        expect(heard).toHaveLength(1)
        expect((await warned).message).toBe('a broken listener')
      })
    })

    describe('given a commandId that was appended before', () => {
      const commandId = freshCommandId()

      it('answers where, and writes nothing', async () => {
        const first = rightOf(await log.transact(notingTransaction('s', ['a'], { commandId }))())
        await append('s', 'b')
        const again = rightOf(await log.transact(notingTransaction('s', ['a'], { commandId }))())
        expect(again).toStrictEqual({
          outcome: 'repeated',
          position: first.position,
          fold: { version: 2, state: ['a', 'b'] },
        })
      })

      it('knows it even where the remembered fold includes it', async () => {
        const first = rightOf(await log.transact(notingTransaction('s', ['a'], { commandId }))())
        const again = notingTransaction('s', ['a'], { commandId, remembered: first.fold })
        expect(rightOf(await log.transact(again)())).toStrictEqual({ ...first, outcome: 'repeated' })
      })

      it('appends once where it is sent many times at once', async () => {
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => log.transact(notingTransaction('s', ['a'], { commandId }))()),
        )
        const outcomes = answers.map(answer => rightOf(answer).outcome)
        expect(outcomes.filter(outcome => outcome === 'appended')).toHaveLength(1)
        expect(outcomes.filter(outcome => outcome === 'repeated')).toHaveLength(19)
        expect(new Set(answers.map(answer => rightOf(answer).position?.n))).toStrictEqual(new Set([1]))
      })

      it('may append it to another stream', async () => {
        await log.transact(notingTransaction('s', ['a'], { commandId }))()
        const elsewhere = rightOf(await log.transact(notingTransaction('t', ['a'], { commandId }))())
        expect(elsewhere.outcome).toBe('appended')
        const ids = [...rightOf(await log.readStream('s', 1)()), ...rightOf(await log.readStream('t', 1)())]
        expect(new Set(ids.map(({ id }) => id)).size).toBe(2)
      })
    })

    describe('given a decision', () => {
      it('writes nothing where it is a refusal', async () => {
        await append('s', 'a')
        const refusing = notingTransaction('s', [], { decide: state => E.left({ saw: state }) })
        expect(await log.transact(refusing)()).toStrictEqual(E.left({ _tag: 'Refused', refusal: { saw: ['a'] } }))
        expect(rightOf(await log.readStream('s', 1)())).toHaveLength(1)
      })

      it('writes nothing where it has no events', async () => {
        await append('s', 'a')
        expect(rightOf(await log.transact(notingTransaction('s', []))())).toStrictEqual({
          outcome: 'unchanged',
          position: null,
          fold: { version: 1, state: ['a'] },
        })
        expect((await commitsOf(partitionOf('s', 4))).length).toBe(1)
      })

      it('that throws rejects its own caller only', async () => {
        const throwing = notingTransaction('s', [], {
          decide: () => {
            throw new Error('a defect')
          },
        })
        const [before, thrown, after] = await Promise.allSettled([
          append('s', 'a'),
          log.transact(throwing)(),
          append('s', 'b'),
        ])
        expect([before.status, thrown.status, after.status]).toStrictEqual(['fulfilled', 'rejected', 'fulfilled'])
        expect(rightOf(await log.readStream('s', 1)()).map(({ version }) => version)).toStrictEqual([1, 2])
      })

      it('that is refused leaves those beside it alone', async () => {
        const refusing = notingTransaction('s', [], { decide: () => E.left('no') })
        const answers = await Promise.all([
          log.transact(notingTransaction('s', ['a']))(),
          log.transact(refusing)(),
          log.transact(notingTransaction('s', ['b']))(),
        ])
        expect(answers.map(E.isRight)).toStrictEqual([true, false, true])
      })
    })

    describe('given a remembered fold', () => {
      it('reads only what came after it', async () => {
        const { fold } = await append('s', 'a')
        await append('s', 'b')
        const evolved: Array<string> = []
        const transaction = notingTransaction('s', ['c'], { remembered: fold })
        const watching = {
          ...transaction,
          evolve: (state: Notes, event: ReturnType<typeof note>) => {
            const next = transaction.evolve(state, event)
            evolved.push(...next.slice(state.length))
            return next
          },
        }
        expect(rightOf(await log.transact(watching)()).fold).toStrictEqual({ version: 3, state: ['a', 'b', 'c'] })
        expect(evolved).toStrictEqual(['b', 'c'])
      })

      it('rejects one that the stream has not reached', async () => {
        const transaction = notingTransaction('s', ['a'], { remembered: { version: 7, state: [] } })
        await expect(log.transact(transaction)()).rejects.toThrow(RangeError)
      })
    })

    describe('given a clock that runs backwards', () => {
      it('never records an earlier time in the same partition', async () => {
        await append('s', 'a')
        now = new Date('2020-01-01T00:00:00.000Z')
        await append('s', 'b')
        now = new Date('2030-01-01T00:00:00.000Z')
        await append('s', 'c')
        expect((await commitsOf(partitionOf('s', 4))).map(({ recordedAt }) => recordedAt)).toStrictEqual([
          '2026-05-06T07:08:09.012Z',
          '2026-05-06T07:08:09.012Z',
          '2030-01-01T00:00:00.000Z',
        ])
      })
    })

    describe('given sizes', () => {
      const chunk = (size: number) => ({
        type: 'OutputChunk' as const,
        schema: 1 as const,
        data: {
          attempt: 1,
          phase: 'run' as const,
          stream: 'stdout' as const,
          offset: 0,
          bytes: 'A'.repeat(size),
          at: 0,
        },
      })
      const fault = async (...events: ReadonlyArray<ReturnType<typeof note>>) => {
        const answer = await log.transact(notingTransaction('s', [], { decide: () => E.right(events) }))()
        return E.isLeft(answer) ? answer.left : null
      }
      const tooLarge = { _tag: 'EventLogFault', kind: 'too_large' }
      const envelope = 300

      it('stores what fits exactly and refuses one byte more', async () => {
        expect(await fault(chunk(sizeCaps.outputChunk))).toBeNull()
        expect(await fault(chunk(sizeCaps.outputChunk + 1))).toMatchObject(tooLarge)
        expect(await fault(note('x'.repeat(sizeCaps.event - envelope)))).toBeNull()
        expect(await fault(note('x'.repeat(sizeCaps.event)))).toMatchObject(tooLarge)
      })

      it('counts bytes, not characters', async () => {
        expect(await fault(note('é'.repeat(sizeCaps.event / 2)))).toMatchObject(tooLarge)
      })

      it('refuses a commit whose events fit one by one but not together', async () => {
        const large = note('x'.repeat(3 * 1024 * 1024))
        expect(await fault(large, large)).toBeNull()
        expect(await fault(large, large, large)).toMatchObject(tooLarge)
        expect(rightOf(await log.readStream('s', 1)())).toHaveLength(2)
      })
    })

    describe('given a partition of many commits', () => {
      it('is read in pages', async () => {
        for (const text of ['a', 'b', 'c', 'd', 'e']) await append('s', text)
        const p = partitionOf('s', 4)
        const page = async (after: number, limit: number) =>
          rightOf(await log.readPartition(p, after, limit)()).map(({ n }) => n)
        expect(await page(0, 2)).toStrictEqual([1, 2])
        expect(await page(2, 2)).toStrictEqual([3, 4])
        expect(await page(4, 2)).toStrictEqual([5])
        expect(await page(5, 2)).toStrictEqual([])
        expect(rightOf(await log.tails()())[p]).toBe(5)
      })
    })

    describe('given what no correct caller sends', () => {
      it.each([
        { stream: '' },
        { stream: 'a\0b' },
        { stream: '\ud800' },
        { commandId: 'not-a-uuid' as ReturnType<typeof freshCommandId> },
        { occurredAt: 'yesterday' },
        { decide: () => E.right([note('\udc00')]) },
        { decide: () => E.right([note(7 as unknown as string)]) },
      ])('rejects %j and stays whole', async overrides => {
        await expect(log.transact(notingTransaction('s', ['a'], overrides))()).rejects.toThrow(TypeError)
        expect(await append('s', 'a')).toMatchObject({ outcome: 'appended', fold: { version: 1 } })
      })
    })

    describe('given a closed log', () => {
      it('has answered the appends that were under way, and is unreachable from then on', async () => {
        const underWay = append('s', 'a')
        await log.close()
        expect(await underWay).toMatchObject({ outcome: 'appended' })
        const unreachable = E.left(expect.objectContaining({ _tag: 'EventLogFault', kind: 'unreachable' }))
        expect(await log.transact(notingTransaction('s', ['b']))()).toStrictEqual(unreachable)
        expect(await log.readStream('s', 1)()).toStrictEqual(unreachable)
        expect(await log.readPartition(0, 0, 1)()).toStrictEqual(unreachable)
        expect(await log.tails()()).toStrictEqual(unreachable)
      })
    })

    eventLogProperties(open)
  })
}
