import { expect, it } from 'vitest'
import type { CommandId } from '../types/ids.ts'
import { commitIdOf, commitIdsOf, eventIdIn } from './commit-ids.ts'

const command = { stream: 'submission-1', commandId: '0190a1b2-0000-7000-8000-000000000001' as CommandId }

it('is the same whether the ids go with the transaction or are looked up', () => {
  const ids = commitIdsOf(command)
  expect(ids.commit).toBe(commitIdOf(command))
  expect([2, 0, 2].map(ids.event)).toStrictEqual([2, 0, 2].map(index => eventIdIn(command, index)))
})

it('is read from the ids that go with a transaction', () => {
  const ids = { commit: 'a commit', event: (index: number) => `event ${index}` }
  expect(commitIdOf({ ...command, ids })).toBe('a commit')
  expect(eventIdIn({ ...command, ids }, 1)).toBe('event 1')
})
