import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { sizeCaps } from '../size-caps.ts'
import { logForEach, type OpenLog } from './log-for-each.ts'
import { type freshCommandId, note, notingTransaction } from './noting-transaction.ts'
import { rightOf } from './right-of.ts'

/** What is not stored. */
export const refusalsContract = (open: OpenLog): void => {
  const given = logForEach(open)

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
      const answer = await given.log.transact(notingTransaction('s', [], { decide: () => E.right(events) }))()
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
      expect(rightOf(await given.log.readStream('s', 1)())).toHaveLength(2)
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
      await expect(given.log.transact(notingTransaction('s', ['a'], overrides))()).rejects.toThrow(TypeError)
      expect(await given.append('s', 'a')).toMatchObject({ outcome: 'appended', fold: { version: 1 } })
    })
  })
}
