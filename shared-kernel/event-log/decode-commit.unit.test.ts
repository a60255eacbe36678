import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { StoredCommit } from './commit.ts'
import { notingTransaction } from './contract/noting-transaction.ts'
import { rightOf } from './contract/right-of.ts'
import { decodeCommit } from './decode-commit.ts'
import { openInMemoryEventLog } from './in-memory/in-memory-event-log.ts'

const storedCommit = async (): Promise<StoredCommit> => {
  const log = openInMemoryEventLog({ partitions: 1 })
  await log.transact(notingTransaction('s', ['a secret', 'another']))()
  const [commit] = rightOf(await log.readPartition(0, 0, 1)())
  if (commit === undefined) throw new Error('the append left no commit')
  return commit
}

describe('given a commit this code cannot read', () => {
  it.each<[string, (commit: StoredCommit) => Partial<StoredCommit>, RegExp]>([
    ['events that are not JSON', () => ({ events: '[' }), /^events is not JSON$/],
    ['meta that is not JSON', () => ({ meta: '' }), /^meta is not JSON$/],
    ['meta without a tenant', ({ meta }) => ({ meta: meta.replace('tenant', 'tenants') }), /meta .* at tenant/],
    [
      'an unknown type',
      ({ events }) => ({ events: events.replace('CancellationReq', 'C') }),
      /event Cuested of schema 1/,
    ],
    [
      'a later schema',
      ({ events }) => ({ events: events.replace('"schema":1', '"schema":2') }),
      /of schema 2 is unknown/,
    ],
    ['another number of events', () => ({ k: 3 }), /holds 2 events and says 3/],
    [
      'an id that is none',
      ({ events }) => ({ events: events.replace('"id":"', '"id":"x') }),
      /events is malformed at 0\.id/,
    ],
  ])('names %s and the place, without the payload', async (_, change, why) => {
    const commit = await storedCommit()
    const decoded = decodeCommit({ ...commit, ...change(commit) })
    expect(decoded).toStrictEqual(
      E.left({ _tag: 'UndecodableCommit', stream: 's', position: { p: 0, n: 1 }, why: expect.stringMatching(why) }),
    )
    expect(JSON.stringify(decoded)).not.toContain('secret')
  })
})
