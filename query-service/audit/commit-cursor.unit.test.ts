import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { left, right } from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { commitCursor, readCommitCursor } from './commit-cursor.ts'

const logId = '0190f5a0-0000-7000-8000-00000000abcd'
const positions = fc.array(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 64 })

it('stands for the positions it was made of', () =>
  fc.assert(
    fc.property(positions, given => {
      const cursor = commitCursor({ logId, positions: given })
      expect(readCommitCursor(cursor, { logId, tails: given })).toStrictEqual(right(given))
    }),
  ))

it('is refused by another log, by one with other partitions, and by one that is not so far', () => {
  const cursor = commitCursor({ logId, positions: [3, 4] })
  const anotherLog = left('is a cursor of another log')
  expect(readCommitCursor(cursor, { logId: randomUUID(), tails: [3, 4] })).toStrictEqual(anotherLog)
  expect(readCommitCursor(cursor, { logId, tails: [3, 4, 0] })).toStrictEqual(anotherLog)
  expect(readCommitCursor(cursor, { logId, tails: [3, 3] })).toStrictEqual(left('is ahead of this log'))
})

const unknown = left('must be a cursor that this endpoint gave')

it('is refused where it was made up', () =>
  fc.assert(
    fc.property(fc.string(), text => {
      const read = readCommitCursor(text, { logId, tails: [1] })
      expect([unknown, left('is a cursor of another log')]).toContainEqual(read)
    }),
  ))

it('is refused where something was added to it', () => {
  expect(readCommitCursor('', { logId, tails: [1] })).toStrictEqual(unknown)
  expect(readCommitCursor(`${commitCursor({ logId, positions: [1] })}=`, { logId, tails: [1] })).toStrictEqual(unknown)
})
