import { describe, expect, it } from 'vitest'
import { recentCommits, type Seen } from './recent-commits.ts'

const commit = (n: number, s: string, p = 0): Seen => ({
  ...{ _id: `${p}-${n}`, p, n, s, v: 1, k: 1 },
  recordedAt: '2026-01-01T00:00:00.000Z',
  hash: `hash-${n}`,
})

describe('the recent commits of a partition', () => {
  it('grow by what follows the last one', () => {
    const recent = recentCommits()
    recent.note([commit(1, 'a'), commit(2, 'b')])
    expect(recent.last(0)).toStrictEqual(commit(2, 'b'))
    expect(recent.lastOf(0, 'a')).toStrictEqual(commit(1, 'a'))
    expect(recent.last(1)).toBeNull()
  })

  it('begin anew behind a gap: a stream may have gone on within it', () => {
    const recent = recentCommits()
    recent.note([commit(1, 'a'), commit(3, 'b')])
    expect(recent.last(0)).toStrictEqual(commit(3, 'b'))
    expect(recent.lastOf(0, 'a')).toBeNull()
  })

  it('are not set back by what was seen before', () => {
    const recent = recentCommits()
    recent.note([commit(5, 'a'), commit(4, 'b')])
    expect(recent.last(0)).toStrictEqual(commit(5, 'a'))
    expect(recent.lastOf(0, 'b')).toBeNull()
  })

  it('are a bounded number', () => {
    const recent = recentCommits()
    recent.note(Array.from({ length: 65 }, (_, index) => commit(index + 1, `stream-${index}`)))
    expect(recent.lastOf(0, 'stream-0')).toBeNull()
    expect(recent.lastOf(0, 'stream-1')).not.toBeNull()
  })

  it('can be forgotten', () => {
    const recent = recentCommits()
    recent.note([commit(1, 'a')])
    recent.forget()
    expect(recent.last(0)).toBeNull()
  })
})
