import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { partitionOf } from '../partition-of.ts'
import { logForEach, type OpenLog } from './log-for-each.ts'
import { freshCommandId, type Notes, type note, notingTransaction } from './noting-transaction.ts'
import { rightOf } from './right-of.ts'

/** What a decision sees, and what becomes of it. */
export const decisionsContract = (open: OpenLog): void => {
  const given = logForEach(open)

  describe('given a commandId that was appended before', () => {
    const commandId = freshCommandId()

    it('answers where, and writes nothing', async () => {
      const first = rightOf(await given.log.transact(notingTransaction('s', ['a'], { commandId }))())
      await given.append('s', 'b')
      const again = rightOf(await given.log.transact(notingTransaction('s', ['a'], { commandId }))())
      expect(again).toStrictEqual({
        outcome: 'repeated',
        position: first.position,
        fold: { version: 2, state: ['a', 'b'] },
      })
    })

    it('knows it even where the remembered fold includes it', async () => {
      const first = rightOf(await given.log.transact(notingTransaction('s', ['a'], { commandId }))())
      const again = notingTransaction('s', ['a'], { commandId, remembered: first.fold })
      expect(rightOf(await given.log.transact(again)())).toStrictEqual({ ...first, outcome: 'repeated' })
    })

    it('appends once where it is sent many times at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => given.log.transact(notingTransaction('s', ['a'], { commandId }))()),
      )
      const outcomes = answers.map(answer => rightOf(answer).outcome)
      expect(outcomes.filter(outcome => outcome === 'appended')).toHaveLength(1)
      expect(outcomes.filter(outcome => outcome === 'repeated')).toHaveLength(19)
      expect(new Set(answers.map(answer => rightOf(answer).position?.n))).toStrictEqual(new Set([1]))
    })

    it('may append it to another stream', async () => {
      await given.log.transact(notingTransaction('s', ['a'], { commandId }))()
      const elsewhere = rightOf(await given.log.transact(notingTransaction('t', ['a'], { commandId }))())
      expect(elsewhere.outcome).toBe('appended')
      const ids = [...rightOf(await given.log.readStream('s', 1)()), ...rightOf(await given.log.readStream('t', 1)())]
      expect(new Set(ids.map(({ id }) => id)).size).toBe(2)
    })
  })

  describe('given a decision', () => {
    it('writes nothing where it is a refusal', async () => {
      await given.append('s', 'a')
      const refusing = notingTransaction('s', [], { decide: state => E.left({ saw: state }) })
      expect(await given.log.transact(refusing)()).toStrictEqual(E.left({ _tag: 'Refused', refusal: { saw: ['a'] } }))
      expect(rightOf(await given.log.readStream('s', 1)())).toHaveLength(1)
    })

    it('writes nothing where it has no events', async () => {
      await given.append('s', 'a')
      expect(rightOf(await given.log.transact(notingTransaction('s', []))())).toStrictEqual({
        outcome: 'unchanged',
        position: null,
        fold: { version: 1, state: ['a'] },
      })
      expect((await given.commitsOf(partitionOf('s', 4))).length).toBe(1)
    })

    it('that throws rejects its own caller only', async () => {
      const throwing = notingTransaction('s', [], {
        decide: () => {
          throw new Error('a defect')
        },
      })
      const [before, thrown, after] = await Promise.allSettled([
        given.append('s', 'a'),
        given.log.transact(throwing)(),
        given.append('s', 'b'),
      ])
      expect([before.status, thrown.status, after.status]).toStrictEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(rightOf(await given.log.readStream('s', 1)()).map(({ version }) => version)).toStrictEqual([1, 2])
    })

    it('that is refused leaves those beside it alone', async () => {
      const refusing = notingTransaction('s', [], { decide: () => E.left('no') })
      const answers = await Promise.all([
        given.log.transact(notingTransaction('s', ['a']))(),
        given.log.transact(refusing)(),
        given.log.transact(notingTransaction('s', ['b']))(),
      ])
      expect(answers.map(E.isRight)).toStrictEqual([true, false, true])
    })
  })

  describe('given a remembered fold', () => {
    it('reads only what came after it', async () => {
      const { fold } = await given.append('s', 'a')
      await given.append('s', 'b')
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
      expect(rightOf(await given.log.transact(watching)()).fold).toStrictEqual({ version: 3, state: ['a', 'b', 'c'] })
      expect(evolved).toStrictEqual(['b', 'c'])
    })

    it('rejects one that the stream has not reached', async () => {
      const transaction = notingTransaction('s', ['a'], { remembered: { version: 7, state: [] } })
      await expect(given.log.transact(transaction)()).rejects.toThrow(RangeError)
    })
  })
}
