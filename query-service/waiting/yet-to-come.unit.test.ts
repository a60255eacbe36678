import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { type YetToCome, yetToCome } from './yet-to-come.ts'

const began = Date.parse('2026-01-02T03:04:05.678Z')
const minute = 60_000

/** A UUIDv7 of that time. */
const madeAt = (time: number, tail = 0): SubmissionId => {
  const hex = time.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7cde-8f01-${tail.toString(16).padStart(12, '0')}` as SubmissionId
}

const received = (id: SubmissionId) => ({ stream: submissionStream(id), version: 1 })

let now: number
let toCome: YetToCome

beforeEach(() => {
  now = began
  toCome = yetToCome(() => now)
})

describe('given a process that remembers all it has projected', () => {
  it.each([0, 1, minute])('takes a submission whose id was made %s ms ago for one to come', age => {
    now += age
    expect(toCome.has(madeAt(began))).toBe(true)
  })

  it('takes none for one to come that has begun to be projected', () => {
    toCome.note([received(madeAt(began, 1))])
    expect(toCome.has(madeAt(began, 1))).toBe(false)
    expect(toCome.has(madeAt(began, 2))).toBe(true)
  })

  it('does not know what was projected before it began', () => {
    expect(toCome.has(madeAt(began - 1))).toBe(false)
  })

  it('does not know what others have projected', () => {
    now += 1
    toCome.forget()
    expect(toCome.has(madeAt(began))).toBe(false)
    expect(toCome.has(madeAt(now))).toBe(true)
  })

  it('takes an id that was made too long ago to be given now for an old one', () => {
    now += 2 * minute
    expect(toCome.has(madeAt(began))).toBe(false)
  })

  it('takes the id of a clock that is far ahead for an old one', () => {
    expect(toCome.has(madeAt(now + 2 * minute))).toBe(false)
  })

  it('takes an id that tells no time for an old one', () => {
    expect(toCome.has('019b7ca9-8f2e-5cde-8f01-23456789abcd' as SubmissionId)).toBe(false)
  })
})

it('never takes what it no longer remembers for something to come', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => madeAt(began + index, index))
  for (const id of ids) {
    now += 1
    toCome.note([received(id)])
  }
  expect(ids.filter(toCome.has)).toStrictEqual([])
  expect(toCome.has(madeAt(now))).toBe(true)
})
