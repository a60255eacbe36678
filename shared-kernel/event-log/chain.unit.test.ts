import { expect, it } from 'vitest'
import { commitHash, genesisHash } from './chain.ts'

const logId = '11111111-1111-4111-8111-111111111111'
const commit = {
  _id: '22222222-2222-5222-8222-222222222222',
  p: 1,
  n: 2,
  s: 'submission-3',
  v: 4,
  k: 1,
  events: '[{"é":1}]',
  meta: '{}',
  recordedAt: '2026-01-02T03:04:05.678Z',
  prev: 'abc',
}

it('stays what it was when the first logs were written', () => {
  expect(genesisHash(logId, 1)).toBe('21ad45f950942ec3512c79199929dab99692ba03d0f365a78eab30574c5bd9fc')
  expect(commitHash(logId, commit)).toBe('341ddb68ba97bfa383be0ea9a3d6c369a51036d042c7aae3e0d1782fc30af9bc')
})

it('tells fields apart, wherever one ends and the next begins', () => {
  const shifted = { ...commit, events: '[{"é":1}]{', meta: '}' }
  const moved = { ...commit, p: 12, n: 2, v: 4 }
  const other = { ...commit, p: 1, n: 22, v: 4 }
  expect(new Set([commit, shifted, moved, other].map(each => commitHash(logId, each))).size).toBe(4)
})

it('belongs to one log and one partition', () => {
  const otherLog = '33333333-3333-4333-8333-333333333333'
  expect(commitHash(otherLog, commit)).not.toBe(commitHash(logId, commit))
  expect(new Set([genesisHash(logId, 0), genesisHash(logId, 1), genesisHash(otherLog, 0)]).size).toBe(3)
})
