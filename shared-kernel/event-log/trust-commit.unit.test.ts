import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { StoredCommit } from './commit.ts'
import { notingTransaction } from './contract/noting-transaction.ts'
import { rightOf } from './contract/right-of.ts'
import { decodeCommit } from './decode-commit.ts'
import { openInMemoryEventLog } from './in-memory/in-memory-event-log.ts'
import { trustCommit } from './trust-commit.ts'

const storedCommit = async (): Promise<StoredCommit> => {
  const log = openInMemoryEventLog({ partitions: 1 })
  await log.transact(notingTransaction('s', ['one', 'another']))()
  const [commit] = rightOf(await log.readPartition(0, 0, 1)())
  if (commit === undefined) throw new Error('the append left no commit')
  return commit
}

describe('a commit that is trusted', () => {
  it('holds the events that decoding gives', async () => {
    const commit = await storedCommit()
    const trusted = rightOf(trustCommit(commit)).map(event => {
      const { meta, recordedAt, hash } = event
      return { ...event, meta, recordedAt, hash }
    })
    expect(trusted).toStrictEqual(rightOf(decodeCommit(commit)))
  })

  it('is taken as it was written, where a codec would refuse it', async () => {
    const commit = await storedCommit()
    const odd = { ...commit, events: commit.events.replace('"id":"', '"id":"x') }
    expect(isLeft(decodeCommit(odd))).toBe(true)
    expect(isRight(trustCommit(odd))).toBe(true)
  })

  it.each([1, 2])('is taken as it was written whether its content is sealed or not: schema %i', async schema => {
    const event = { type: 'OutputChunk', schema, data: null, id: 'odd', occurredAt: 'odd' }
    const odd = { ...(await storedCommit()), events: JSON.stringify([event]), k: 1 }
    expect(isLeft(decodeCommit(odd))).toBe(true)
    expect(isRight(trustCommit(odd))).toBe(true)
  })

  it.each<[string, (commit: StoredCommit) => Partial<StoredCommit>]>([
    ['events that are not JSON', () => ({ events: '[' })],
    ['events that are no list', () => ({ events: '{}', k: 0 })],
    ['an event that is none', () => ({ events: '[null]', k: 1 })],
    ['an unknown type', ({ events }) => ({ events: events.replace('CancellationReq', 'C') })],
    ['a later schema', ({ events }) => ({ events: events.replace('"schema":1', '"schema":2') })],
    ['another number of events', () => ({ k: 3 })],
  ])('is decoded where it holds %s', async (_, change) => {
    const commit = await storedCommit()
    const changed = { ...commit, ...change(commit) }
    expect(trustCommit(changed)).toStrictEqual(decodeCommit(changed))
    expect(isLeft(trustCommit(changed))).toBe(true)
  })
})
