import { describe, expect, it } from 'vitest'
import { soundLog } from '../support/audit-log.ts'
import { type Evidence, verdictOn } from './verdict.ts'

const ended = (id: string, overrides = {}) => ({ id, ms: 10, notFound: 0, asExpected: true, ...overrides })

const evidence = (overrides: Partial<Evidence>): Evidence => ({
  accepted: ['a', 'b'],
  endings: [ended('a'), ended('b', { ms: 30.4 })],
  audit: soundLog,
  containers: [],
  ...overrides,
})

const clean = { lost: 0, doubled: 0, orphans: 0, worstMs: 30 }

describe('the verdict on a fault', () => {
  it('is clean where every accepted submission ended as expected', () => {
    expect(verdictOn(evidence({}))).toEqual(clean)
  })

  it.each<[string, Partial<Evidence>, object]>([
    ['a submission without an end', { endings: [ended('b')] }, { lost: 1, worstMs: 10 }],
    ['an end of another kind', { endings: [ended('a'), ended('b', { asExpected: false })] }, { lost: 1, worstMs: 10 }],
    [
      'a submission that was denied for a while',
      { endings: [ended('a', { notFound: 1 }), ended('b')] },
      { lost: 1, worstMs: 10 },
    ],
    ['a submission that the log does not know', { audit: { ...soundLog, missing: ['a'] } }, { lost: 1 }],
    ['a stream without a terminal event', { audit: { ...soundLog, open: ['unheard of'] } }, { lost: 1 }],
    ['a stream with two terminal events', { audit: { ...soundLog, doubled: ['a'] } }, { doubled: 1 }],
    ['events of a stale attempt', { audit: { ...soundLog, stale: ['b'] } }, { doubled: 1 }],
    ['two submissions under one id', { accepted: ['a', 'b', 'b'] }, { doubled: 1 }],
    ['a container that is left', { containers: ['c'] }, { orphans: 1 }],
  ])('counts %s', (_what, overrides, counted) => {
    expect(verdictOn(evidence(overrides))).toEqual({ ...clean, ...counted })
  })
})
