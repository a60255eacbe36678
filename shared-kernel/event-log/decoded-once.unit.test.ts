import { expect, it } from 'vitest'
import { notingTransaction } from './contract/noting-transaction.ts'
import { rightOf } from './contract/right-of.ts'
import { decodeCommit } from './decode-commit.ts'
import { decodedOnce } from './decoded-once.ts'
import { openInMemoryEventLog } from './in-memory/in-memory-event-log.ts'

it('gives all who follow the log what the first of them had decoded', async () => {
  const log = openInMemoryEventLog({ partitions: 1 })
  rightOf(await log.transact(notingTransaction('s', ['one', 'two']))())
  const [first] = rightOf(await log.readPartitions(new Map([[0, 0]]), 10)())
  const [second] = rightOf(await log.readPartitions(new Map([[0, 0]]), 10)())
  if (first === undefined || second === undefined) throw new Error('nothing was appended')
  expect(decodedOnce(first)).toStrictEqual(decodeCommit(first))
  expect(decodedOnce(second)).toBe(decodedOnce(first))
})
