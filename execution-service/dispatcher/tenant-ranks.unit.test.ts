import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { describe, expect, it } from 'vitest'
import type { OpenEntry } from '../open-submissions/open-submission.ts'
import { createTenantRanks } from './tenant-ranks.ts'

const entry = (id: string, tenant: string, attempts = 0): OpenEntry =>
  ({
    id: id as SubmissionId,
    version: 1,
    body: { tenant, language: 'python', attempts, running: null, cancelling: false },
  }) as OpenEntry

describe('the rank of a submission', () => {
  it('is its place among the open ones of its tenant', () => {
    const ranks = createTenantRanks(() => 1)
    expect(['a', 'b', 'c'].map(id => ranks.admit(entry(id, 'x')))).toStrictEqual([1, 2, 3])
    expect(ranks.admit(entry('d', 'y'))).toBe(1)
    ranks.left('x')
    expect(ranks.admit(entry('e', 'x'))).toBe(3)
  })

  it('is estimated from the part of the log that is followed', () => {
    const ranks = createTenantRanks(() => 1 / 4)
    expect(['a', 'b', 'c'].map(id => ranks.admit(entry(id, 'x')))).toStrictEqual([1, 5, 9])
  })

  it('starts from what the last round has counted', () => {
    const ranks = createTenantRanks(() => 1 / 4)
    ranks.beginRound()
    for (const id of ['a', 'b', 'c']) ranks.count(entry(id, 'x'))
    ranks.endRound()
    expect(ranks.admit(entry('d', 'x'))).toBe(4)
    expect(ranks.admit(entry('e', 'x'))).toBe(8)
  })

  it('is the first for another attempt', () => {
    const ranks = createTenantRanks(() => 1)
    for (const id of ['a', 'b']) ranks.admit(entry(id, 'x'))
    expect(ranks.admit(entry('c', 'x', 1))).toBe(1)
  })

  it('is given anew only when it has moved much', () => {
    const ranks = createTenantRanks(() => 1)
    const late = entry('z', 'x')
    expect(ranks.shouldGive(late, 100)).toBe(true)
    const given = Array.from({ length: 100 }, (_, index) => 100 - index).filter(rank => ranks.shouldGive(late, rank))
    expect(given).toStrictEqual([49, 24, 11, 5, 2])
  })

  it('is never below the first, whatever has left', () => {
    const ranks = createTenantRanks(() => 1 / 64)
    ranks.left('x')
    ranks.left('x')
    expect(ranks.admit(entry('a', 'x'))).toBe(1)
  })
})
