import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { expect, it } from 'vitest'
import { madeLately } from './made-lately.ts'

const madeAt = Date.parse('2026-01-02T03:04:05.678Z')
const after = (ms: number): Date => new Date(madeAt + ms)
const ofTime = '019b7ca9-8f2e-7cde-8f01-23456789abcd' as SubmissionId

it.each([0, 999, -999])('takes an id for new %s ms after it was made', ms => {
  expect(madeLately(ofTime, after(ms))).toBe(true)
})

it.each([1000, -1000, 86_400_000])('takes an id for old %s ms after it was made', ms => {
  expect(madeLately(ofTime, after(ms))).toBe(false)
})

it('takes an id of no time for old', () => {
  expect(madeLately('019b7ca9-8f2e-5cde-8f01-23456789abcd' as SubmissionId, after(0))).toBe(false)
})
